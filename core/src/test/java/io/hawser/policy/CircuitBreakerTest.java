package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Cancelled;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.policy.PolicyEvent.BreakerChanged;
import io.hawser.policy.PolicyEvent.Refused;
import io.hawser.testing.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final FakeTime time = new FakeTime();
    private final Events events = new Events();
    private final CircuitBreaker breaker = CircuitBreaker.of(BreakerConfig.defaults(), events.context(time));

    private void succeeds(int times) throws Exception {
        for (int i = 0; i < times; i++) assertThat(breaker.call(() -> "a")).isEqualTo("a");
    }

    private void fails(int times, Exception error) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> breaker.call(() -> {
                        throw error;
                    }))
                    .isSameAs(error);
        }
    }

    private void fails(int times) {
        fails(times, new IOException("down"));
    }

    private Optional<Duration> refused() {
        try {
            breaker.call(() -> "a");
        } catch (Rejected refused) {
            assertThat(refused).hasMessage("test: the circuit is open");
            return refused.retryAfter();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
        throw new AssertionError("it passed");
    }

    @Test
    void itOpensWhenHalfOfAtLeastTwentyFail() throws Exception {
        succeeds(10);
        fails(9);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        fails(1);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(events.all())
                .containsExactly(new BreakerChanged("test", "", BreakerState.CLOSED, BreakerState.OPEN));
        assertThat(refused()).contains(Duration.ofSeconds(5));
        assertThat(events.of(Refused.class)).extracting(Refused::by).containsExactly("circuit breaker");
        assertThat(breaker.place()).isEqualTo(Place.BREAKER);
    }

    @Test
    void whatIsOlderThanTheWindowCountsNoMore() throws Exception {
        fails(19);
        time.pass(Duration.ofSeconds(11));
        fails(1);
        succeeds(18);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void itStaysOpenTwiceAsLongEachTimeUpToAMinute() throws Exception {
        fails(20);
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            time.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(refused()).contains(Duration.ofMillis(1));
            time.pass(Duration.ofMillis(1));
            fails(3);
            assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        }
        time.pass(Duration.ofSeconds(60));
        succeeds(3);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        fails(20);
        assertThat(refused()).contains(Duration.ofSeconds(5));
    }

    @Test
    void halfOpenItLetsThreeProbesThroughAndNoMore() throws Exception {
        fails(20);
        time.pass(Duration.ofSeconds(5));
        breaker.call(() -> breaker.call(() -> breaker.call(() -> {
            assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
            return refused();
        })));
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void whatSaysNothingOfTheOtherSideIsNotCountedAndAProbeOfItIsGivenBack() throws Exception {
        fails(50, new IllegalArgumentException("mine"));
        fails(50, new Cancelled("mine", Processed.NO, null));
        fails(50, new Rejected("throttled", null));
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        fails(20);
        time.pass(Duration.ofSeconds(5));
        fails(10, new IllegalArgumentException("mine"));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> breaker.call(Attempt.first(CallTraits.unnamed()), attempt -> {
                        throw attempt.refusal("full", Optional.empty());
                    }))
                    .hasMessage("full");
        }
        assertThatThrownBy(() -> breaker.call(() -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        succeeds(3);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void slowCallsOpenItToo() throws Exception {
        CircuitBreaker slow = CircuitBreaker.of(
                BreakerConfig.defaults().withSlow(Duration.ofSeconds(1), 0.5).withMinCalls(4), events.context(time));
        for (int i = 0; i < 4; i++) {
            assertThat(slow.state()).isEqualTo(BreakerState.CLOSED);
            slow.call(() -> {
                time.pass(Duration.ofMillis(1500));
                return "a";
            });
        }
        assertThat(slow.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void itCanBeForcedAndReleased() throws Exception {
        breaker.forceOpen();
        assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(refused()).isEmpty();
        breaker.forceClosed();
        assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_CLOSED);
        fails(100);
        succeeds(1);
        breaker.release();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        fails(20);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void newsThatItIsWellLetsProbesThroughEarly() throws Exception {
        breaker.probe();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        fails(20);
        breaker.probe();
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        fails(3);
        assertThat(refused()).contains(Duration.ofSeconds(10));
        breaker.probe();
        succeeds(3);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void everyEndpointHasABreakerOfItsOwn() throws Exception {
        Endpoint a = Endpoint.parse("a:1");
        Endpoint b = Endpoint.parse("b:1");
        EndpointBreakers breakers = EndpointBreakers.of(BreakerConfig.defaults(), events.context(time));
        Attempt first = Attempt.first(CallTraits.unnamed());
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> breakers.call(first.to(a), attempt -> {
                        throw new IOException("down");
                    }))
                    .hasMessage("down");
        }
        assertThat(breakers.of(a).state()).isEqualTo(BreakerState.OPEN);
        assertThat(breakers.of(b).state()).isEqualTo(BreakerState.CLOSED);
        assertThat(breakers.<String>call(first.to(b), attempt -> "b")).isEqualTo("b");
        assertThat(breakers.<String>call(first, attempt -> "nowhere")).isEqualTo("nowhere");
        assertThat(breakers.place()).isEqualTo(Place.BREAKER);
        assertThat(events.of(BreakerChanged.class))
                .extracting(BreakerChanged::endpoint)
                .containsExactly("a:1");
    }

    @Test
    void aConfigurationIsChecked() {
        BreakerConfig config = BreakerConfig.defaults();
        assertThatThrownBy(() -> config.withFailureRate(0)).hasMessage("failureRate is 0.0, not between 0.001 and 1.0");
        assertThatThrownBy(() -> config.withFailureRate(Double.NaN)).hasMessageStartingWith("failureRate is NaN");
        assertThatThrownBy(() -> config.withOpen(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("openFirst is PT2S, above openMax PT1S");
        assertThatThrownBy(() -> config.withWindow(Duration.ofMillis(1))).hasMessage("seconds of window is 0, below 1");
        assertThat(config.withProbes(1).probes()).isEqualTo(1);
        assertThat(CircuitBreaker.defaults().state()).isEqualTo(BreakerState.CLOSED);
    }
}
