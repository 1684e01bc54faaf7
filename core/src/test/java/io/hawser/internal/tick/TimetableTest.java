package io.hawser.internal.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.tick.Schedule;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimetableTest {
    private static final long MS = 1_000_000;

    private static Timetable rate(long everyMs, long now) {
        return new Timetable(Schedule.every(Duration.ofMillis(everyMs)), now, new SplittableRandom(1));
    }

    @Test
    void theFirstTickIsDueAtOnce() {
        assertThat(rate(10, -5).dueNanos()).isEqualTo(-5);
    }

    @Test
    void theFirstTickWaitsWhereItIsAskedTo() {
        Schedule later = Schedule.pausing(Duration.ofMillis(10)).withFirstAfter(Duration.ofMillis(3));
        assertThat(new Timetable(later, 0, new SplittableRandom(1)).dueNanos()).isEqualTo(3 * MS);
    }

    @Test
    void aShortTickLeavesTheNextOneInItsPlace() {
        Timetable ticks = rate(10, 0);
        assertThat(ticks.ended(9 * MS)).isZero();
        assertThat(ticks.dueNanos()).isEqualTo(10 * MS);
    }

    @Test
    void aTickThatEndsWhenTheNextIsDueMissesNone() {
        Timetable ticks = rate(10, 0);
        assertThat(ticks.ended(10 * MS)).isZero();
        assertThat(ticks.dueNanos()).isEqualTo(10 * MS);
    }

    @Test
    void aTickThatRunsOverSkipsThoseWhoseTimeHasPassed() {
        Timetable ticks = rate(10, 0);
        assertThat(ticks.ended(35 * MS)).isEqualTo(3);
        assertThat(ticks.dueNanos()).isEqualTo(40 * MS);
        assertThat(ticks.ended(41 * MS)).isZero();
        assertThat(ticks.dueNanos()).isEqualTo(50 * MS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 9})
    void latenessAddsUpToNothingOverAMillionTicks(long lateMs) {
        Timetable ticks = rate(10, 7);
        for (long i = 0; i < 1_000_000; i++) {
            assertThat(ticks.dueNanos()).isEqualTo(7 + i * 10 * MS);
            assertThat(ticks.ended(ticks.dueNanos() + lateMs * MS)).isZero();
        }
    }

    @Test
    void jitterStaysWithinItsBoundAndMovesNoOtherTick() {
        Schedule jittered = Schedule.every(Duration.ofMillis(10)).withJitter(Duration.ofMillis(4));
        Timetable ticks = new Timetable(jittered, 0, new SplittableRandom(5));
        boolean varies = false;
        for (long i = 0; i < 1000; i++) {
            long off = ticks.dueNanos() - i * 10 * MS;
            assertThat(off).isBetween(0L, 4 * MS);
            varies |= off != 0;
            assertThat(ticks.ended(ticks.dueNanos() + MS)).isZero();
        }
        assertThat(varies).isTrue();
    }

    @Test
    void aTickWhoseJitterIsStillToComeIsNotMissed() {
        Schedule jittered = Schedule.every(Duration.ofMillis(10)).withJitter(Duration.ofMillis(9));
        for (int seed = 0; seed < 100; seed++) {
            Timetable ticks = new Timetable(jittered, 0, new SplittableRandom(seed));
            long missed = ticks.ended(10 * MS + 1);
            assertThat(ticks.dueNanos()).isGreaterThan(10 * MS);
            assertThat(missed).isEqualTo(ticks.dueNanos() < 20 * MS ? 0 : 1);
        }
    }

    @Test
    void aFixedDelayCountsFromTheEndAndMissesNone() {
        Timetable ticks = new Timetable(Schedule.pausing(Duration.ofMillis(10)), 0, new SplittableRandom(1));
        assertThat(ticks.ended(35 * MS)).isZero();
        assertThat(ticks.dueNanos()).isEqualTo(45 * MS);
    }

    @Test
    void aMonotonicClockThatWrapsAroundDoesNotMatter() {
        long start = Long.MAX_VALUE - 5 * MS;
        Timetable ticks = rate(10, start);
        assertThat(ticks.ended(start + 12 * MS)).isEqualTo(1);
        assertThat(ticks.dueNanos()).isEqualTo(start + 20 * MS);
    }
}
