package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Endpoint;
import io.hawser.policy.PolicyEvent.Because;
import io.hawser.testing.FakeTime;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final FakeTime time = new FakeTime();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CallMetrics metrics =
            CallMetrics.of(registry, PolicyContext.of("shop").withTime(time));

    private Timer timer(String call, String outcome, String reason) {
        return registry.get("hawser.calls")
                .tags("upstream", "shop", "call", call, "outcome", outcome, "reason", reason)
                .timer();
    }

    @Test
    void callsAreTimedByNameAndOutcome() throws Exception {
        for (int i = 1; i <= 3; i++) {
            Duration took = Duration.ofMillis(i);
            metrics.call(CallTraits.named("render"), () -> {
                time.pass(took);
                return "page";
            });
        }
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> metrics.call(CallTraits.named("render"), () -> {
                        throw new IOException("down");
                    }))
                    .hasMessage("down");
        }
        assertThatThrownBy(() -> metrics.call(CallTraits.named("render"), () -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        Timer success = timer("render", "success", "");
        assertThat(success.count()).isEqualTo(3);
        assertThat(success.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(6);
        assertThat(success.takeSnapshot().histogramCounts())
                .as("at most 1 ms, and at most 2.5 ms")
                .anyMatch(bucket -> bucket.bucket(TimeUnit.MILLISECONDS) == 1 && bucket.count() == 1)
                .anyMatch(bucket -> bucket.bucket(TimeUnit.MILLISECONDS) == 2.5 && bucket.count() == 2);
        assertThat(timer("render", "transient", "io").count()).isEqualTo(2);
        assertThat(timer("render", "fatal", "error").count()).isOne();
        assertThat(metrics.place()).isEqualTo(Place.METRICS);
    }

    @Test
    void namesThatAreTooManyAreCountedTogether() throws Exception {
        for (int i = 0; i < 1_500; i++) {
            metrics.call(CallTraits.named("user-" + i), () -> "a");
        }
        assertThatThrownBy(() -> metrics.call(CallTraits.named("another"), () -> {
                    throw new IOException("down");
                }))
                .hasMessage("down");
        assertThat(registry.get("hawser.calls").timers()).hasSize(1_002);
        assertThat(timer("other", "success", "").count()).isEqualTo(500);
        assertThat(timer("other", "transient", "other").count()).isOne();
    }

    @Test
    void everyEventIsCounted() {
        PolicyMetrics listener = PolicyMetrics.of(registry);
        Endpoint a = Endpoint.parse("a:1");
        List<PolicyEvent> all = List.of(
                new PolicyEvent.Retried("shop", "find", 1, "io", Duration.ZERO),
                new PolicyEvent.GaveUp("shop", "find", 3, "io", Because.NOT_REPEATABLE),
                new PolicyEvent.Refused("shop", "find", "bulkhead", Optional.empty()),
                new PolicyEvent.TimedOut("shop", "find", Duration.ZERO),
                new PolicyEvent.BreakerChanged("shop", "a:1", BreakerState.CLOSED, BreakerState.OPEN),
                new PolicyEvent.FellBack("shop", "find", "io"),
                new PolicyEvent.Hedged("shop", "find"),
                new PolicyEvent.HedgeWon("shop", "find"),
                new PolicyEvent.LimitChanged("shop", 1, 2),
                new PolicyEvent.LimitChanged("shop", 2, 1),
                new PolicyEvent.Ejected("shop", a, Duration.ZERO),
                new PolicyEvent.HealthChanged("shop", a, true),
                new PolicyEvent.HealthChanged("shop", a, false),
                new PolicyEvent.Panicked("shop", true, 1, 4),
                new PolicyEvent.Panicked("shop", false, 2, 4),
                new PolicyEvent.EndpointsChanged("shop", 1, 2),
                new PolicyEvent.SourceFailed("shop", "away"),
                new PolicyEvent.StoreFailed("shop", "away"),
                new PolicyEvent.BatchSent("shop", 3, 4));
        all.forEach(listener::event);
        all.forEach(listener::event);
        assertThat(registry.get("hawser.policy.events").counters())
                .hasSize(all.size())
                .allSatisfy(counter -> assertThat(counter.count()).isEqualTo(2));
        assertThat(registry.get("hawser.policy.events")
                        .tags("upstream", "shop", "event", "gave_up", "detail", "not_repeatable")
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
