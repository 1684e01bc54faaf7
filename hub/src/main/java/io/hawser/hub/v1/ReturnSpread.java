package io.hawser.hub.v1;

import java.time.Duration;

/// Within which time the clients of a node should come back where they all lose it at once and without a
/// word, as when its process is killed, and do not find another at their first attempt: so that a thousand a
/// second do, or fewer.
///
/// Those that find nobody try again within the same time, so while a node is away there are up to twice as many
/// attempts, which is what a drain closes; and a process that has just begun has to catch up with those that
/// came in its first second. Where there are few, it is no time at all. It is at most half of what a session
/// is kept for.
///
/// In milliseconds, since a `Duration` is divided as a `BigDecimal`, whose class takes a start 30 ms.
///
/// Thread: [#hasGrown] for the sweeper's alone, the rest from any.
final class ReturnSpread {
    /// A quarter fewer than the most, since everyone is told anew when there are a quarter more.
    private static final int PER_SECOND = 800;
    private static final long LEAST_MILLIS = 500;
    private static final long LONGEST_MILLIS = Peers.WINDOW.toMillis() / 2;
    private static final int QUARTERS = 4;

    private volatile long toldMillis;

    /// Zero where there are so few that it would be shorter than clients wait anyway.
    static Duration of(int sessions) {
        return Duration.ofMillis(millis(sessions));
    }

    private static long millis(int sessions) {
        long due = sessions * 1_000L / PER_SECOND;
        return due < LEAST_MILLIS ? 0 : Math.min(due, LONGEST_MILLIS);
    }

    /// Whether everyone should be told, since there are so many more; once.
    boolean hasGrown(int sessions) {
        long due = millis(sessions);
        long before = toldMillis;
        if (due < before / 2) toldMillis = due;
        if (due == 0 || due < before + before / QUARTERS) return false;
        toldMillis = due;
        return true;
    }
}
