package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.policy.SimulatedUpstream.Mode;
import io.hawser.testing.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An upstream that is down for a minute under 1,000 calls a second: it must not be hit by more than the
/// calls that would come anyway, and calls must succeed soon after it is back.
@Tag("simulation")
class OutageSimulationTest {
    private static final int CALLS_PER_SECOND = 1_000;
    private static final int OUTAGE_BEGINS = 20;
    private static final int OUTAGE_ENDS = 80;
    private static final int END = 110;
    private static final CallTraits TRAITS = CallTraits.named("find").repeatable();

    private final Simulation time = new Simulation(17);
    private final Random random = new Random(17);
    private final PolicyContext context = new Events().context(time).withListener(PolicyListener.none());
    private final List<Endpoint> endpoints =
            IntStream.range(0, 3).mapToObj(i -> Endpoint.of("node-" + i, 80)).toList();
    private final List<SimulatedUpstream> upstreams = endpoints.stream()
            .map(endpoint -> new SimulatedUpstream(time, 1_000, () -> 5_000_000L + random.nextLong(10_000_000)))
            .toList();
    private final int[] calls = new int[END];
    private final int[] successes = new int[END];
    private long receivedInOutage;

    private LoadBalancer balancer() {
        return LoadBalancer.over(WeightedEndpoint.equally(endpoints), BalancerConfig.defaults(), context);
    }

    private Retry retry() {
        return Retry.of(RetryConfig.defaults(), RetryBudget.defaults(), context);
    }

    private SimulatedUpstream at(Attempt attempt) {
        return upstreams.get(endpoints.indexOf(attempt.endpoint().orElseThrow()));
    }

    private long received() {
        return upstreams.stream().mapToLong(SimulatedUpstream::received).sum();
    }

    private void load(Policy policy) {
        time.start(() -> {
            for (int i = 0; i < END * CALLS_PER_SECOND; i++) {
                int second = i / CALLS_PER_SECOND;
                time.start(() -> {
                    calls[second]++;
                    try {
                        policy.call(
                                Attempt.first(TRAITS), attempt -> at(attempt).answer());
                        successes[second]++;
                    } catch (Exception failed) {
                        // Counted by what is missing.
                    }
                    return calls;
                });
                time.sleep(Duration.ofNanos(1_000_000_000 / CALLS_PER_SECOND));
            }
            return calls;
        });
        time.start(() -> {
            time.sleep(Duration.ofSeconds(OUTAGE_BEGINS));
            receivedInOutage = -received();
            time.sleep(Duration.ofSeconds(OUTAGE_ENDS - OUTAGE_BEGINS));
            receivedInOutage += received();
            return calls;
        });
    }

    private void outage(Mode mode) {
        time.start(() -> {
            time.sleep(Duration.ofSeconds(OUTAGE_BEGINS));
            upstreams.forEach(upstream -> upstream.turn(mode));
            time.sleep(Duration.ofSeconds(OUTAGE_ENDS - OUTAGE_BEGINS));
            upstreams.forEach(upstream -> upstream.turn(Mode.WELL));
            return mode;
        });
    }

    private double amplification() {
        int made = IntStream.range(OUTAGE_BEGINS, OUTAGE_ENDS)
                .map(second -> calls[second])
                .sum();
        return (double) receivedInOutage / made;
    }

    private void assertThatAllSucceedFrom(int second) {
        for (int s = second; s < END; s++)
            assertThat(successes[s]).as("second %d", s).isEqualTo(CALLS_PER_SECOND);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WELL")
    void theBudgetAloneKeepsRetriesFromHammeringIt(Mode mode) {
        load(Policy.ordered(
                Timeout.overall(Duration.ofSeconds(10), context),
                retry(),
                balancer(),
                Timeout.perAttempt(Duration.ofSeconds(1), context)));
        outage(mode);
        time.run();
        assertThat(amplification()).isBetween(0.9, 1.1);
        assertThatAllSucceedFrom(OUTAGE_ENDS + 1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WELL")
    void theWholeChainSparesItAndRecoversWithinTenSeconds(Mode mode) {
        LoadBalancer balancer = balancer();
        EndpointBreakers breakers = EndpointBreakers.of(BreakerConfig.defaults(), context);
        load(Policy.ordered(
                Timeout.overall(Duration.ofSeconds(10), context),
                Bulkhead.of(BulkheadConfig.defaults(), context),
                Hedge.of(HedgeConfig.defaults(), context),
                retry(),
                balancer,
                breakers,
                Timeout.perAttempt(Duration.ofSeconds(1), context)));
        outage(mode);
        HealthProbe probe =
                endpoint -> upstreams.get(endpoints.indexOf(endpoint)).answer();
        time.start(() -> HealthChecks.start(balancer, breakers, probe, HealthConfig.defaults()));
        time.run();
        assertThat(amplification()).isLessThan(0.1);
        assertThatAllSucceedFrom(OUTAGE_ENDS + 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 60, 90})
    void whereAPartOfTheCallsFailsRetriesThatHelpAreMadeAndThoseInVainStayBelowATenth(int percent) {
        Policy policy = Policy.ordered(retry(), balancer());
        int[] firstSuccesses = new int[1];
        time.start(() -> {
            for (int i = 0; i < 60 * CALLS_PER_SECOND; i++) {
                time.start(() -> {
                    calls[0]++;
                    try {
                        policy.call(Attempt.first(TRAITS), attempt -> {
                            String answer = at(attempt).answer();
                            if (random.nextInt(100) < percent) throw new IOException("failing");
                            if (attempt.number() == 1) firstSuccesses[0]++;
                            return answer;
                        });
                        successes[0]++;
                    } catch (IOException failed) {
                        // Counted by what is missing.
                    }
                    return calls;
                });
                time.sleep(Duration.ofNanos(1_000_000_000 / CALLS_PER_SECOND));
            }
            return calls;
        });
        time.run();
        long retries = received() - calls[0];
        long inVain = retries - (successes[0] - firstSuccesses[0]);
        assertThat(inVain).isLessThan(calls[0] / 10);
        assertThat(retries).isLessThan(calls[0] / 5);
        // Few fail: all are retried.
        if (percent == 10) assertThat(successes[0]).isGreaterThan(calls[0] / 1000 * 998);
    }
}
