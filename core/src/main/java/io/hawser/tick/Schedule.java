package io.hawser.tick;

import io.hawser.TimeSource;
import java.time.Duration;
import java.util.Objects;

/// When a ticker ticks.
///
/// At a fixed rate, ticks keep to a grid that the start lays down, so that they do not drift however long
/// they run: one that begins late, or takes long, moves none that come after it. A tick whose time comes
/// while another one still runs is missed and counted, never made up for. With a fixed delay, the next one
/// comes so long after the end of the last, and none is missed.
///
/// @param pace whether `every` counts from the planned beginning or from the end of a tick
/// @param every the time between ticks, at least 1 ms
/// @param jitter up to so much is added to each tick's time, anew each time, so that many processes do not
///     tick at the same moment; at a fixed rate below `every`; default none
/// @param firstAfter the time before the first tick; default none
/// @param time the clock that it goes by; default the system's
public record Schedule(Pace pace, Duration every, Duration jitter, Duration firstAfter, TimeSource time) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(36_525);

    /// What the time between two ticks is measured from.
    public enum Pace {
        /// The time at which a tick should begin.
        FIXED_RATE,
        /// The time at which it has ended.
        FIXED_DELAY
    }

    public Schedule {
        Objects.requireNonNull(pace, "pace");
        Objects.requireNonNull(time, "time");
        between("every", every, SHORTEST, LONGEST);
        between("jitter", jitter, Duration.ZERO, LONGEST);
        between("firstAfter", firstAfter, Duration.ZERO, LONGEST);
        if (pace == Pace.FIXED_RATE && jitter.compareTo(every) >= 0) {
            throw new IllegalArgumentException("jitter " + jitter + ": below every, " + every);
        }
    }

    private static void between(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0) throw new IllegalArgumentException(what + " " + value + ": at least " + least);
        if (value.compareTo(most) > 0) throw new IllegalArgumentException(what + " " + value + ": at most " + most);
    }

    /// A tick at once and then at a fixed rate.
    public static Schedule every(Duration interval) {
        return new Schedule(Pace.FIXED_RATE, interval, Duration.ZERO, Duration.ZERO, TimeSource.system());
    }

    /// A tick at once and then one after each pause.
    public static Schedule pausing(Duration pause) {
        return new Schedule(Pace.FIXED_DELAY, pause, Duration.ZERO, Duration.ZERO, TimeSource.system());
    }

    public Schedule withJitter(Duration changed) {
        return new Schedule(pace, every, changed, firstAfter, time);
    }

    public Schedule withFirstAfter(Duration changed) {
        return new Schedule(pace, every, jitter, changed, time);
    }

    public Schedule withTime(TimeSource changed) {
        return new Schedule(pace, every, jitter, firstAfter, changed);
    }
}
