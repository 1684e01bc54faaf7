package io.hawser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.HawserException.Processed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private final HandClock clock = new HandClock(0);

    private Deadline after(long millis) {
        return Deadline.after(Duration.ofMillis(millis), clock);
    }

    @Test
    void itPassesExactlyAtItsEnd() {
        Deadline deadline = after(5);
        clock.nanos += 4_999_999;
        assertThat(deadline.hasPassed()).isFalse();
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(1));
        assertThatCode(() -> deadline.check("a lease")).doesNotThrowAnyException();
        clock.nanos += 1;
        assertThat(deadline.hasPassed()).isTrue();
        assertThat(deadline.remaining()).isZero();
    }

    @Test
    void whatItHasPassedByIsNegativeInNanosAndZeroAsADuration() {
        Deadline deadline = after(1);
        clock.nanos += 3_000_000;
        assertThat(deadline.remainingNanos()).isEqualTo(-2_000_000);
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline).hasToString("Deadline[-2 ms left]");
    }

    @Test
    void aCheckAfterItSaysWhatWasWaitedFor() {
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() -> after(0).check("a lease"))
                .withMessage("deadline passed while waiting for a lease")
                .satisfies(passed -> {
                    assertThat(passed.waitingFor()).isEqualTo("a lease");
                    assertThat(passed.processed()).isEqualTo(Processed.MAYBE);
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aDurationOfZeroOrLessHasPassedAlready(long seconds) {
        assertThat(Deadline.after(Duration.ofSeconds(seconds), clock).hasPassed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void theLongestDurationDoesNotOverflowWhereverTheClockStands(long nanos) {
        HandClock anywhere = new HandClock(nanos);
        Deadline deadline = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), anywhere);
        assertThat(deadline.hasPassed()).isFalse();
        anywhere.nanos += Duration.ofDays(365 * 100).toNanos();
        assertThat(deadline.hasPassed()).isFalse();
        assertThat(deadline.isBounded()).isTrue();
    }

    @Test
    void noneNeverPasses() {
        assertThat(Deadline.none().isBounded()).isFalse();
        assertThat(Deadline.none().hasPassed()).isFalse();
        assertThat(Deadline.none().remainingNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(Deadline.none()).hasToString("Deadline[none]");
        assertThatCode(() -> Deadline.none().check("anything")).doesNotThrowAnyException();
        assertThat(Deadline.current()).isSameAs(Deadline.none());
    }

    @Test
    void theEarlierOfTwoIsTheOneWithLessLeft() {
        Deadline soon = after(1);
        Deadline late = after(2);
        assertThat(soon.earlier(late)).isSameAs(soon);
        assertThat(late.earlier(soon)).isSameAs(soon);
        assertThat(late.earlier(Deadline.none())).isSameAs(late);
        assertThat(Deadline.none().earlier(late)).isSameAs(late);
        assertThat(Deadline.none().earlier(Deadline.none())).isSameAs(Deadline.none());
    }

    @Test
    void deadlinesOfDifferentClocksAreComparedByWhatIsLeft() {
        Deadline soon = after(1);
        Deadline late = Deadline.after(Duration.ofMillis(2), new HandClock(-1_000_000_000));
        assertThat(soon.earlier(late)).isSameAs(soon);
        assertThat(late.earlier(soon)).isSameAs(soon);
    }

    @Test
    void theReadingOfARunningClockDoesNotDecideBetweenNeighbours() {
        HandClock running = new HandClock(0) {
            @Override
            public long nanoTime() {
                return nanos += 1_000;
            }
        };
        Deadline first = Deadline.after(Duration.ofMillis(1), running);
        Deadline aMomentLater = Deadline.after(Duration.ofMillis(1), running);
        assertThat(first.earlier(aMomentLater)).isSameAs(first);
        assertThat(aMomentLater.earlier(first)).isSameAs(first);
    }

    @Test
    void workSeesItAsTheCurrentOne() {
        Deadline deadline = after(1);
        assertThat(deadline.run(Deadline::current)).isSameAs(deadline);
        assertThat(Deadline.current()).isSameAs(Deadline.none());
    }

    @Test
    void anInnerOneShrinksTheTimeButNeverExtendsIt() throws Exception {
        Deadline outer = after(10);
        Deadline sooner = after(5);
        Deadline later = after(20);
        outer.run(() -> {
            assertThat(sooner.run(Deadline::current)).isSameAs(sooner);
            assertThat(later.run(Deadline::current)).isSameAs(outer);
            assertThat(Deadline.none().run(Deadline::current)).isSameAs(outer);
            assertThat(Deadline.current()).isSameAs(outer);
            return "";
        });
        assertThat(outer.call(() -> sooner.call(() -> later.call(Deadline::current))))
                .isSameAs(sooner);
        assertThat(Deadline.within(Duration.ofDays(1), () -> outer.run(Deadline::current)))
                .isSameAs(outer);
    }

    @Test
    void whatTheWorkThrowsComesThroughAndTheDeadlineEnds() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> after(1).call(() -> {
                    throw new IOException("broken");
                }));
        assertThat(Deadline.current()).isSameAs(Deadline.none());
    }

    private static class HandClock implements TimeSource {
        long nanos;

        HandClock(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration duration) {
            nanos += duration.toNanos();
        }
    }
}
