package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.testing.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One of five endpoints is slower by a hundred times: callers must hardly notice.
@Tag("simulation")
class SlowEndpointSimulationTest {
    private static final int CALLS = 60_000;
    private static final CallTraits TRAITS = CallTraits.named("find").repeatable();

    /// The 99th percentile in milliseconds of a minute of 1,000 calls a second.
    private static double p99(int slowdown, Function<PolicyContext, Policy> chain) {
        Simulation time = new Simulation(23);
        Random random = new Random(23);
        List<Endpoint> endpoints = IntStream.range(0, 5)
                .mapToObj(i -> Endpoint.of("node-" + i, 80))
                .toList();
        List<SimulatedUpstream> upstreams = IntStream.range(0, 5)
                .mapToObj(i -> new SimulatedUpstream(
                        time, 10_000, () -> (long) (serviceNanos(random) * (i == 3 ? slowdown : 1))))
                .toList();
        PolicyContext context = new PolicyContext("test", time, new Random(29), PolicyListener.none());
        Policy policy = chain.apply(context);
        List<Long> took = new ArrayList<>();
        time.start(() -> {
            for (int i = 0; i < CALLS; i++) {
                time.start(() -> {
                    long start = time.nanoTime();
                    policy.call(
                            Attempt.first(TRAITS),
                            attempt -> upstreams
                                    .get(endpoints.indexOf(attempt.endpoint().orElseThrow()))
                                    .answer());
                    return took.add(time.nanoTime() - start);
                });
                time.sleep(Duration.ofMillis(1));
            }
            return took;
        });
        time.run();
        took.sort(null);
        return took.get(CALLS / 100 * 99) / 1e6;
    }

    /// 8 to 12 ms, and a tail to three times as much.
    private static double serviceNanos(Random random) {
        double typical = random.nextDouble(8e6, 12e6);
        return random.nextInt(50) == 0 ? typical * random.nextDouble(1, 3) : typical;
    }

    private static LoadBalancer balancer(Balance balance, PolicyContext context) {
        List<Endpoint> endpoints = IntStream.range(0, 5)
                .mapToObj(i -> Endpoint.of("node-" + i, 80))
                .toList();
        return LoadBalancer.over(
                WeightedEndpoint.equally(endpoints), BalancerConfig.defaults().withBalance(balance), context);
    }

    private static Policy plain(PolicyContext context) {
        return balancer(Balance.ROUND_ROBIN, context);
    }

    private final double healthy = p99(1, SlowEndpointSimulationTest::plain);

    @Test
    void withoutAnyOfItEveryFifthCallIsSlow() {
        assertThat(p99(100, SlowEndpointSimulationTest::plain)).isGreaterThan(50 * healthy);
    }

    @Test
    void theDefaultBalanceAvoidsIt() {
        assertThat(p99(100, context -> balancer(Balance.P2C, context))).isLessThan(1.5 * healthy);
    }

    @Test
    void theDefaultBalanceWithHedgingAvoidsItToo() {
        assertThat(p99(
                        100,
                        context -> Policy.ordered(
                                Hedge.of(HedgeConfig.defaults(), context), balancer(Balance.P2C, context))))
                .isLessThan(1.5 * healthy);
    }

    @Test
    void ejectionAvoidsItEvenWithTurns() {
        assertThat(p99(
                        100,
                        context -> Policy.ordered(
                                Retry.of(RetryConfig.defaults(), RetryBudget.defaults(), context),
                                balancer(Balance.ROUND_ROBIN, context),
                                Timeout.perAttempt(Duration.ofMillis(100), context))))
                .isLessThan(1.5 * healthy);
    }
}
