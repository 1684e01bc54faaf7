package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Deadline;
import io.hawser.Endpoint;
import io.hawser.policy.PolicyEvent.HealthChanged;
import io.hawser.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private final Simulation time = new Simulation(2);
    private final Events events = new Events();
    private final Endpoint a = Endpoint.parse("a:1");
    private final Endpoint b = Endpoint.parse("b:1");
    private final Set<Endpoint> down = new HashSet<>();
    private final List<String> checks = new ArrayList<>();
    private final LoadBalancer balancer =
            LoadBalancer.over(WeightedEndpoint.equally(List.of(a, b)), BalancerConfig.defaults(), events.context(time));

    private void check(Endpoint endpoint) throws IOException {
        checks.add(endpoint.host() + " " + time.nanoTime() / 1_000_000_000);
        if (down.contains(endpoint)) throw new IOException("down");
    }

    @Test
    void anEndpointIsOutAfterThreeFailuresAndBackAfterTwoSuccesses() {
        time.start(() -> {
            try (HealthChecks running = HealthChecks.start(balancer, this::check, HealthConfig.defaults())) {
                time.sleep(Duration.ofSeconds(12));
                down.add(b);
                time.sleep(Duration.ofSeconds(10));
                assertThat(events.all()).isEmpty();
                time.sleep(Duration.ofSeconds(5));
                assertThat(events.of(HealthChanged.class)).containsExactly(new HealthChanged("test", b, false));
                assertThat(balancer.stats().get(1).healthy()).isFalse();
                for (int i = 0; i < 20; i++) {
                    assertThat(balancer.<Object>call(
                                    Attempt.first(CallTraits.unnamed()),
                                    at -> at.endpoint().orElseThrow()))
                            .isEqualTo(a);
                }
                down.clear();
                time.sleep(Duration.ofSeconds(10));
                assertThat(events.of(HealthChanged.class)).last().isEqualTo(new HealthChanged("test", b, true));
                return running;
            }
        });
        time.run();
        int made = checks.size();
        time.run(Duration.ofMinutes(1));
        assertThat(checks).hasSize(made).contains("a 5", "b 5", "a 10");
    }

    @Test
    void aCheckHasATimeLimitAndAnEndpointThatHangsIsNotCheckedTwiceAtATime() {
        int[] running = new int[2];
        time.start(() -> {
            HealthProbe hangs = endpoint -> {
                assertThat(Deadline.current().remaining()).isEqualTo(Duration.ofSeconds(2));
                running[0]++;
                running[1] = Math.max(running[1], running[0]);
                time.sleep(Duration.ofSeconds(12));
                running[0]--;
                throw new IOException("hangs");
            };
            balancer.update(WeightedEndpoint.equally(List.of(a)));
            try (HealthChecks checking = HealthChecks.start(balancer, hangs, HealthConfig.defaults())) {
                time.sleep(Duration.ofMinutes(1));
                return checking;
            }
        });
        time.run();
        assertThat(running[1]).isOne();
        assertThat(balancer.stats().getFirst().healthy()).isFalse();
    }

    @Test
    void aSuccessLetsAnOpenBreakerTryAtOnce() {
        EndpointBreakers breakers = EndpointBreakers.of(
                BreakerConfig.defaults().withOpen(Duration.ofMinutes(1), Duration.ofMinutes(1)), events.context(time));
        time.start(() -> {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> breakers.of(a).call(() -> {
                            throw new IOException("down");
                        }))
                        .hasMessage("down");
            }
            down.add(a);
            HealthChecks checking = HealthChecks.start(balancer, breakers, this::check, HealthConfig.defaults());
            time.sleep(Duration.ofSeconds(11));
            assertThat(breakers.of(a).state()).isEqualTo(BreakerState.OPEN);
            down.clear();
            time.sleep(Duration.ofSeconds(5));
            assertThat(breakers.of(a).state()).isEqualTo(BreakerState.HALF_OPEN);
            checking.close();
            checking.close();
            return checking;
        });
        time.run();
    }

    @Test
    void aConfigurationIsChecked() {
        HealthConfig config = HealthConfig.defaults();
        assertThatThrownBy(() -> config.withCounts(0, 1)).hasMessage("unhealthyAfter is 0, below 1");
        assertThatThrownBy(() -> config.withInterval(Duration.ZERO)).hasMessage("interval is 0, must be longer");
        assertThat(config.withTimeout(Duration.ofSeconds(9)).timeout()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void whatIsClosedBeforeItStartsDoesNot() {
        Repeated repeated = new Repeated("test", Duration.ofSeconds(1), time);
        repeated.close();
        repeated.start(() -> checks.add("never"));
        time.run(Duration.ofSeconds(10));
        assertThat(checks).isEmpty();
    }
}
