package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.ShutdownFailed;
import io.hawser.StartupFailed;
import io.hawser.UnexpectedStatus;
import io.hawser.policy.RateLimitStore.Grant;
import io.hawser.policy.Verdict.Kind;
import io.hawser.testing.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "400, CLIENT_ERROR",
        "404, CLIENT_ERROR",
        "499, CLIENT_ERROR",
        "501, CLIENT_ERROR",
        "505, CLIENT_ERROR",
        "429, THROTTLED",
        "408, TRANSIENT",
        "421, TRANSIENT",
        "425, TRANSIENT",
        "500, TRANSIENT",
        "502, TRANSIENT",
        "503, TRANSIENT",
        "599, TRANSIENT"
    })
    void aStatusThatNobodyAskedForIsJudgedByItsNumber(int status, Kind kind) {
        Verdict verdict = Failures.verdict(new UnexpectedStatus("GET /", status, ""));
        assertThat(verdict.kind()).isEqualTo(kind);
        assertThat(verdict.reason()).isEqualTo("http_" + status);
    }

    @Test
    void aServerThatDoesNotStartOrStopIsNoMatterOfTryingAgain() {
        IOException cause = new IOException("taken");
        assertThat(Failures.verdict(new StartupFailed("port", cause)).kind()).isEqualTo(Kind.FATAL);
        assertThat(Failures.verdict(new ShutdownFailed("port", cause)).kind()).isEqualTo(Kind.FATAL);
    }

    @Test
    void aWrapperIsJudgedByWhatIsInItAndOneWithoutAnythingIsFatal() {
        assertThat(Failures.verdict(new ExecutionException(new IOException("down")))
                        .reason())
                .isEqualTo("io");
        assertThat(Failures.verdict(new CompletionException("nothing", null)).kind())
                .isEqualTo(Kind.FATAL);
        assertThat(Failures.verdict(new CompletionException("nothing", null)).reason())
                .isEqualTo("CompletionException");
    }

    @Test
    void anAnswerThatDoesNotCloseIsNobodysProblemAndAnInterruptIsKept() {
        AtomicInteger closed = new AtomicInteger();
        Failures.closeQuietly(() -> {
            closed.incrementAndGet();
            throw new IOException("it does not");
        });
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Failures.closeQuietly(() -> {
            closed.incrementAndGet();
            throw new InterruptedException();
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1_000_000_001})
    void aRateLimitHasFromOneToABillionPermitsAndAsLongABurst(long wrong) {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateLimit(wrong, second, 1, false))
                .withMessage("permits is " + wrong + ", not between 1 and 1000000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateLimit(1, second, wrong, false))
                .withMessage("burst is " + wrong + ", not between 1 and 1000000000");
        assertThat(new RateLimit(1_000_000_000, second, 1_000_000_000, true).permits())
                .isEqualTo(1_000_000_000);
    }

    @Test
    void notMoreThanOnePermitANanosecond() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(2, Duration.ofNanos(1), 1, false));
    }

    @Test
    void aPauseThatTheServerAskedForHoldsUntilTheLongestOfThemIsOver() {
        FakeTime time = new FakeTime();
        LocalRateLimits limits = new LocalRateLimits(RateLimit.perSecond(100), 10, time);
        limits.hold("a", Duration.ofSeconds(3));
        limits.hold("a", Duration.ofSeconds(1));
        assertThat(limits.take("a", Duration.ZERO)).isEqualTo(new Grant(false, Duration.ofSeconds(3)));
        assertThat(limits.take("a", Duration.ofSeconds(5))).isEqualTo(new Grant(true, Duration.ofSeconds(3)));
        assertThat(limits.take("b", Duration.ZERO)).isEqualTo(Grant.now());
        time.pass(Duration.ofSeconds(3));
        assertThat(limits.take("a", Duration.ZERO)).isEqualTo(Grant.now());
    }
}
