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
/// Thread: [#hasGrown] for the sweeper's alone, the rest from any.
final class ReturnSpread {
    /// A quarter fewer than the most, since everyone is told anew when there are a quarter more.
    private static final int PER_SECOND = 800;
    private static final Duration LEAST = Duration.ofMillis(500);
    private static final Duration LONGEST = Peers.WINDOW.dividedBy(2);
    private static final int QUARTERS = 4;

    private volatile Duration told = Duration.ZERO;

    /// Zero where there are so few that it would be shorter than clients wait anyway.
    static Duration of(int sessions) {
        Duration due = Duration.ofSeconds(sessions).dividedBy(PER_SECOND);
        if (due.compareTo(LEAST) < 0) return Duration.ZERO;
        return due.compareTo(LONGEST) < 0 ? due : LONGEST;
    }

    /// Whether everyone should be told, since there are so many more; once.
    boolean hasGrown(int sessions) {
        Duration due = of(sessions);
        Duration before = told;
        if (due.compareTo(before.dividedBy(2)) < 0) told = due;
        Duration enough = before.plus(before.dividedBy(QUARTERS));
        if (due.isZero() || due.compareTo(enough) < 0) return false;
        told = due;
        return true;
    }
}
