package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.policy.PolicyEvent.Because;
import io.hawser.policy.PolicyEvent.GaveUp;
import io.hawser.policy.PolicyEvent.Retried;
import io.hawser.testing.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryTest {
    private static final CallTraits REPEATABLE = CallTraits.named("find").repeatable();
    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeTime time = new FakeTime();
    private final Events events = new Events();
    private final RetryBudget budget = RetryBudget.defaults();
    private final Queue<Callable<Object>> script = new ArrayDeque<>();
    private int calls;

    private Retry retry(RetryConfig config) {
        return Retry.of(config, budget, events.context(time));
    }

    private final Retry retry = retry(RetryConfig.defaults());

    private Object next() throws Exception {
        calls++;
        Callable<Object> step = script.remove();
        return step.call();
    }

    private void fails(Exception error) {
        script.add(() -> {
            throw error;
        });
    }

    private void answers(Object answer) {
        script.add(() -> answer);
    }

    private static IOException io(String message) {
        return new IOException(message);
    }

    @Test
    void aSuccessPassesThrough() throws Exception {
        answers("a");
        assertThat(retry.call(REPEATABLE, this::next)).isEqualTo("a");
        assertThat(calls).isOne();
        assertThat(events.all()).isEmpty();
        assertThat(retry.place()).isEqualTo(Place.RETRY);
        assertThat(retry.budget()).isSameAs(budget);
    }

    @Test
    void whatFailedInPassingIsTriedAgainAfterADelayThatTheEventTells() throws Exception {
        fails(io("first"));
        fails(io("second"));
        answers("a");
        long start = time.nanoTime();
        assertThat(retry.call(REPEATABLE, this::next)).isEqualTo("a");
        List<Retried> retried = events.of(Retried.class);
        assertThat(retried).extracting(Retried::attempt).containsExactly(1, 2);
        assertThat(retried.getFirst())
                .isEqualTo(
                        new Retried("test", "find", 1, "io", retried.getFirst().delay()));
        assertThat(retried.get(0).delay()).isLessThanOrEqualTo(Duration.ofMillis(50));
        assertThat(retried.get(1).delay()).isLessThanOrEqualTo(Duration.ofMillis(100));
        assertThat(time.nanoTime() - start)
                .isEqualTo(retried.get(0).delay().plus(retried.get(1).delay()).toNanos());
    }

    @Test
    void theLastErrorKeepsTheEarlierOnes() {
        fails(io("first"));
        fails(io("second"));
        fails(io("third"));
        assertThatThrownBy(() -> retry.call(REPEATABLE, this::next))
                .hasMessage("third")
                .satisfies(error -> assertThat(error.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("first", "second"));
        assertThat(events.of(GaveUp.class)).containsExactly(new GaveUp("test", "find", 3, "io", Because.ATTEMPTS));
    }

    @Test
    void oneErrorThrownEveryTimeIsNotItsOwnSuppressedOne() {
        IOException same = io("same");
        for (int i = 0; i < 3; i++) fails(same);
        assertThatThrownBy(() -> retry.call(REPEATABLE, this::next))
                .isSameAs(same)
                .hasNoSuppressedExceptions();

        ConnectFailed first = new ConnectFailed("first", null);
        for (Exception error : List.of(first, first, io("last"))) fails(error);
        assertThatThrownBy(() -> retry.call(REPEATABLE, this::next))
                .hasMessage("last")
                .hasSuppressedException(first);
    }

    @Test
    void whatMayHaveHadItsEffectIsNotRepeated() {
        fails(new ConnectionLost("lost", Processed.MAYBE, null));
        assertThatThrownBy(() -> retry.call(CallTraits.named("pay"), this::next))
                .hasMessage("lost");
        assertThat(calls).isOne();
        assertThat(events.of(GaveUp.class))
                .containsExactly(new GaveUp("test", "pay", 1, "connection_lost", Because.NOT_REPEATABLE));
        assertThat(budget.left()).isEqualTo(500);
    }

    @Test
    void whatSurelyHadNoEffectIsRepeatedUnlessItCannotBeSentTwice() throws Exception {
        fails(new ConnectionLost("lost", Processed.NO, null));
        answers("a");
        assertThat(retry.call(CallTraits.unnamed(), this::next)).isEqualTo("a");

        fails(new ConnectFailed("refused", null));
        assertThatThrownBy(() -> retry.call(CallTraits.unnamed().withRepeat(Repeat.NEVER), this::next))
                .hasMessage("refused");
    }

    @Test
    void clientErrorsAndFatalOnesAreNotRepeatedAndNoEventTellsOfThem() {
        fails(new IllegalArgumentException("mine"));
        assertThatThrownBy(() -> retry.call(REPEATABLE, this::next)).hasMessage("mine");
        fails(new IllegalStateException("broken"));
        assertThatThrownBy(() -> retry.call(REPEATABLE, this::next)).hasMessage("broken");
        assertThat(calls).isEqualTo(2);
        assertThat(events.all()).isEmpty();
    }

    @Test
    void anErrorOfTheMachineIsNoneOfItsBusiness() {
        script.add(() -> {
            throw new StackOverflowError();
        });
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> retry.call(REPEATABLE, this::next));
    }

    @Test
    void aHintIsObeyedAndNeverShortened() throws Exception {
        fails(new Rejected("busy", Duration.ofSeconds(7)));
        answers("a");
        long start = time.nanoTime();
        assertThat(Deadline.after(HOUR, time).call(() -> retry.call(CallTraits.unnamed(), this::next)))
                .isEqualTo("a");
        assertThat(Duration.ofNanos(time.nanoTime() - start))
                .isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_700));
        assertThat(budget.left()).isEqualTo(500);
    }

    @Test
    void theJitterOfAHintDoesNotLeadPastTheDeadline() throws Exception {
        for (int i = 0; i < 50; i++) {
            fails(new Rejected("busy", Duration.ofSeconds(10)));
            answers("a");
            Deadline deadline = Deadline.after(Duration.ofMillis(10_001), time);
            assertThat(deadline.call(() -> retry.call(REPEATABLE, this::next))).isEqualTo("a");
            assertThat(deadline.hasPassed()).isFalse();
        }
    }

    @Test
    void aHintPastTheDeadlineEndsTheCallAtOnceWithTheAnswerThatCarriedIt() throws Exception {
        CallTraits traits = REPEATABLE.withClassifier(new Statuses());
        answers("429 10");
        long start = time.nanoTime();
        assertThat(Deadline.after(Duration.ofSeconds(5), time).call(() -> retry.call(traits, this::next)))
                .isEqualTo("429 10");
        assertThat(time.nanoTime()).isEqualTo(start);
        assertThat(events.of(GaveUp.class)).containsExactly(new GaveUp("test", "find", 1, "429", Because.DEADLINE));
    }

    @Test
    void aHintBeyondPatienceEndsTheCallAtOnceEvenWithoutADeadline() throws Exception {
        answers("429 61");
        assertThat(retry.call(REPEATABLE.withClassifier(new Statuses()), this::next))
                .isEqualTo("429 61");
        assertThat(events.of(GaveUp.class)).extracting(GaveUp::because).containsExactly(Because.HINT);
    }

    @Test
    void anAnswerThatIsReplacedIsDiscardedAndTheLastOneIsNot() throws Exception {
        Statuses statuses = new Statuses();
        answers("429 0");
        answers("429 -1");
        answers("429 2");
        assertThat(retry.call(REPEATABLE.withClassifier(statuses), this::next)).isEqualTo("429 2");
        assertThat(statuses.discarded).containsExactly("429 0", "429 -1");
    }

    @Test
    void noDelayReachesPastTheDeadline() {
        Retry slow = retry(RetryConfig.defaults().withFixedDelay(Duration.ofSeconds(2)));
        for (int i = 0; i < 3; i++) fails(io("down"));
        assertThatThrownBy(
                        () -> Deadline.after(Duration.ofSeconds(3), time).call(() -> slow.call(REPEATABLE, this::next)))
                .hasMessage("down");
        assertThat(calls).isEqualTo(2);
        assertThat(events.of(GaveUp.class)).extracting(GaveUp::because).containsExactly(Because.DEADLINE);
    }

    @Test
    void delaysDoubleUpToTheirCapAndUseTheWholeRange() {
        RetryConfig config = RetryConfig.defaults().withAttempts(20).withMaxDelay(Duration.ofSeconds(4));
        Delays delays = new Delays(config, events.context(time).random());
        Verdict down = Verdict.temporary("down", Processed.NO);
        Verdict throttled = Verdict.throttled("busy", Processed.NO, Optional.empty());
        for (int attempt = 1; attempt < 20; attempt++) {
            long cap = Math.min(50L << (attempt - 1), 4_000) * 1_000_000;
            long most = 0;
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 1_000; i++) {
                long delay = delays.beforeNext(attempt, down, Long.MAX_VALUE);
                most = Math.max(most, delay);
                least = Math.min(least, delay);
            }
            assertThat(most).isBetween(cap / 100 * 95, cap);
            assertThat(least).isBetween(0L, cap / 20);
        }
        assertThat(delays.beforeNext(1, throttled, Long.MAX_VALUE)).isBetween(1L, 1_000_000_000L);
        Delays none = new Delays(
                config.withTransientDelay(Duration.ZERO), events.context(time).random());
        assertThat(none.beforeNext(1, down, Long.MAX_VALUE)).isZero();
    }

    @Test
    void anInterruptBetweenAttemptsCancelsAndStays() {
        Retry interrupted = Retry.of(RetryConfig.defaults(), budget, events.context(new TimeSource() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                throw new InterruptedException();
            }
        }));
        fails(io("first"));
        assertThatExceptionOfType(Cancelled.class)
                .isThrownBy(() -> interrupted.call(REPEATABLE, this::next))
                .withMessage("interrupted before attempt 2")
                .satisfies(error -> assertThat(error.getSuppressed()).hasSize(1))
                .satisfies(error -> assertThat(error.processed()).isEqualTo(Processed.MAYBE));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatAPolicyOfTheSameCallRefusesIsNotTriedAgain() {
        Rejected[] refusal = new Rejected[1];
        assertThatThrownBy(() -> retry.call(Attempt.first(REPEATABLE), attempt -> {
                    calls++;
                    refusal[0] = attempt.refusal("open", Optional.of(Duration.ofMillis(1)));
                    throw refusal[0];
                }))
                .isInstanceOfSatisfying(
                        Rejected.class, error -> assertThat(error).isSameAs(refusal[0]));
        assertThat(calls).isOne();
        assertThat(events.of(GaveUp.class)).extracting(GaveUp::because).containsExactly(Because.REFUSED);
    }

    @Test
    void aLongOutageSpendsTheBudgetAndThenEveryCallIsMadeOnce() {
        for (int i = 0; i < 1_000; i++) {
            for (int attempt = 0; attempt < 3; attempt++) fails(io("down"));
            assertThatThrownBy(() -> retry.call(REPEATABLE, this::next)).isInstanceOf(IOException.class);
            script.clear();
        }
        assertThat(calls).isEqualTo(1_000 + 500 / 14);
        assertThat(events.of(GaveUp.class).getLast().because()).isEqualTo(Because.BUDGET);
    }

    @Test
    void throttledRetriesCostLess() throws Exception {
        fails(new Rejected("busy", null));
        fails(io("down"));
        fails(io("down"));
        assertThatThrownBy(() -> retry.call(REPEATABLE, this::next)).hasMessage("down");
        assertThat(budget.left()).isEqualTo(500 - 5 - 14);
        answers("a");
        assertThat(retry.call(REPEATABLE, this::next)).isEqualTo("a");
        assertThat(budget.left()).isEqualTo(500 - 5 - 14 + 1);
    }

    @Test
    void aSuccessOfARetryBringsBackWhatThatRetryCost() throws Exception {
        fails(io("down"));
        answers("a");
        assertThat(retry.call(REPEATABLE, this::next)).isEqualTo("a");
        assertThat(budget.left()).isEqualTo(500);
    }

    @Test
    void theAttemptsOfACallKnowTheirNumbers() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        assertThatThrownBy(() -> Retry.defaults().call(Attempt.first(REPEATABLE), attempt -> {
                    numbers.add(attempt.number());
                    throw new Rejected("busy", Duration.ZERO);
                }))
                .isInstanceOf(Rejected.class);
        assertThat(numbers).containsExactly(1, 2, 3);
        assertThat(Retry.of(RetryConfig.defaults().withAttempts(1)).call(() -> "a"))
                .isEqualTo("a");
    }

    @Test
    void aConfigurationIsCheckedWhenMade() {
        RetryConfig config = RetryConfig.defaults();
        assertThatThrownBy(() -> config.withAttempts(0)).hasMessage("attempts is 0, below 1");
        assertThatThrownBy(() -> config.withAttempts(21)).hasMessage("attempts is 21, above 20");
        assertThatThrownBy(() -> config.withMaxHint(Duration.ofSeconds(-1))).hasMessage("maxHint is PT-1S, below 0");
        assertThatThrownBy(() -> config.withThrottledDelay(Duration.ofDays(366)))
                .hasMessage("throttledDelay is PT8784H, above a year");
        assertThatThrownBy(() -> RetryBudget.of(-1, 1, 1)).hasMessage("capacity is -1, below 0");
        assertThat(RetryBudget.of(7, 1, 1).capacity()).isEqualTo(7);
    }

    /// Answers such as `429 10`: come back in 10 seconds.
    private static final class Statuses implements Classifier {
        private final List<String> discarded = new ArrayList<>();

        @Override
        public Verdict answer(@Nullable Object answer) {
            String text = String.valueOf(answer);
            int space = text.indexOf(' ');
            Duration retryAfter = Duration.ofSeconds(Long.parseLong(text.substring(space + 1)));
            return Verdict.throttled(text.substring(0, space), Processed.NO, Optional.of(retryAfter));
        }

        @Override
        public void discard(@Nullable Object answer) {
            discarded.add(String.valueOf(answer));
        }
    }

    @Test
    void aHintTooLongForNanosecondsEndsTheCallWithWhatCarriedIt() {
        Rejected busy = new Rejected("busy", Duration.ofSeconds(Long.MAX_VALUE));
        fails(busy);
        assertThatThrownBy(() -> retry.call(REPEATABLE, this::next)).isSameAs(busy);
        assertThat(events.of(GaveUp.class)).extracting(GaveUp::because).containsExactly(Because.HINT);
    }
}
