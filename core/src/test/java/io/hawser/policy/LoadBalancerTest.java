package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Endpoint;
import io.hawser.Rejected;
import io.hawser.policy.PolicyEvent.EndpointsChanged;
import io.hawser.policy.PolicyEvent.Panicked;
import io.hawser.policy.PolicyEvent.SourceFailed;
import io.hawser.testing.Simulation;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadBalancerTest extends BalancedCalls {
    @ParameterizedTest
    @EnumSource(Balance.class)
    void everyWayOfBalancingUsesAllEndpointsAboutEqually(Balance balance) throws Exception {
        Map<String, Integer> spread = spread(balancer(4, balance), 4_000);
        assertThat(spread).hasSize(4);
        assertThat(spread.values()).allSatisfy(count -> assertThat(count).isBetween(700, 1_300));
        try (LoadBalancer one = balancer(1, balance)) {
            assertThat(spread(one, 10)).containsEntry("node-0", 10);
            assertThat(one.place()).isEqualTo(Place.BALANCING);
        }
    }

    @Test
    void roundRobinTakesTurnsExactly() throws Exception {
        assertThat(spread(balancer(4, Balance.ROUND_ROBIN), 400).values()).containsOnly(100);
    }

    @Test
    void weightsAreKeptExactlyAndInterleaved() throws Exception {
        List<WeightedEndpoint> weighted = List.of(
                new WeightedEndpoint(endpoint(0), 5),
                new WeightedEndpoint(endpoint(1), 1),
                new WeightedEndpoint(endpoint(2), 1));
        LoadBalancer balancer = LoadBalancer.over(weighted, config.withBalance(Balance.WEIGHTED), events.context(time));
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            balancer.call(
                    Attempt.first(CallTraits.unnamed()),
                    attempt -> order.add(attempt.endpoint().orElseThrow().host()));
        }
        assertThat(order).containsExactly("node-0", "node-0", "node-1", "node-0", "node-2", "node-0", "node-0");
        assertThat(spread(balancer, 700)).containsEntry("node-0", 500).containsEntry("node-1", 100);
    }

    @Test
    void leastRequestsAndTwoChoicesAvoidTheBusyOne() {
        for (Balance balance : List.of(Balance.LEAST_REQUESTS, Balance.P2C)) {
            Simulation simulation = new Simulation(4);
            LoadBalancer balancer =
                    LoadBalancer.over(endpoints(2), config.withBalance(balance), events.context(simulation));
            Map<String, Integer> spread = new HashMap<>();
            simulation.start(() -> balancer.call(Attempt.first(CallTraits.unnamed()), attempt -> {
                simulation.start(() -> {
                    for (int i = 0; i < 10; i++) {
                        balancer.call(Attempt.first(CallTraits.unnamed()), other -> {
                            assertThat(other.endpoint()).isNotEqualTo(attempt.endpoint());
                            return spread.merge("other", 1, Integer::sum);
                        });
                    }
                    return spread;
                });
                simulation.sleep(Duration.ofSeconds(1));
                return spread;
            }));
            simulation.run();
            assertThat(spread).containsEntry("other", 10);
        }
    }

    @Test
    void twoChoicesAvoidAnEndpointAfterOneSlowCallAndComeBackToIt() throws Exception {
        LoadBalancer balancer = balancer(5, Balance.P2C);
        Map<String, Integer> slow = new TreeMap<>();
        for (int i = 0; i < 10_000; i++) {
            balancer.call(Attempt.first(CallTraits.unnamed()), attempt -> {
                String host = attempt.endpoint().orElseThrow().host();
                time.pass(Duration.ofMillis(host.equals("node-3") ? 1_000 : 10));
                return slow.merge(host, 1, Integer::sum);
            });
        }
        assertThat(slow.get("node-3")).isBetween(2, 20);
    }

    @Test
    void anEndpointThatFailsAtOnceDoesNotLookFast() throws Exception {
        LoadBalancer balancer =
                LoadBalancer.over(endpoints(5), config.withEjection(OutlierEjection.off()), events.context(time));
        int[] failed = new int[1];
        for (int i = 0; i < 10_000; i++) {
            try {
                balancer.call(Attempt.first(CallTraits.unnamed()), attempt -> {
                    if (attempt.endpoint().orElseThrow().host().equals("node-3")) {
                        failed[0]++;
                        throw new IOException("down");
                    }
                    time.pass(Duration.ofMillis(10));
                    return "a";
                });
            } catch (IOException down) {
                // As meant.
            }
        }
        assertThat(failed[0]).isBetween(3, 50);
    }

    @Test
    void whatWasGivenUpTellsHowSlowAnEndpointIsAtLeast() {
        PeakLatency latency = new PeakLatency(0);
        latency.observe(10, 0);
        latency.observeAtLeast(5, 0);
        assertThat(latency.nanos(0)).isEqualTo(10);
        latency.observeAtLeast(500, 0);
        assertThat(latency.nanos(0)).isEqualTo(500);
        assertThat(latency.nanos(10_000_000_000L)).isBetween(183.0, 184.0);
        latency.observe(1, 10_000_000_000L);
        assertThat(latency.nanos(10_000_000_000L)).isBetween(184.0, 185.0);
    }

    @Test
    void oneKeyStaysWithOneEndpointAndFewMoveWhenOneGoes() throws Exception {
        LoadBalancer balancer = balancer(10, Balance.CONSISTENT_HASH);
        Map<String, Endpoint> before = places(balancer, 1_000);
        assertThat(places(balancer, 1_000)).isEqualTo(before);
        balancer.update(endpoints(9));
        Map<String, Endpoint> after = places(balancer, 1_000);
        for (var entry : before.entrySet()) {
            if (!entry.getValue().equals(endpoint(9))) {
                assertThat(after.get(entry.getKey())).isEqualTo(entry.getValue());
            }
        }
        Map<Endpoint, Integer> counts = new HashMap<>();
        before.values().forEach(place -> counts.merge(place, 1, Integer::sum));
        assertThat(counts.values())
                .hasSize(10)
                .allSatisfy(count -> assertThat(count).isBetween(60, 140));
    }

    private static Map<String, Endpoint> places(LoadBalancer balancer, int keys) throws Exception {
        Map<String, Endpoint> places = new HashMap<>();
        for (int key = 0; key < keys; key++) {
            CallTraits traits = CallTraits.unnamed().withKey("session-" + key);
            places.put(
                    traits.key(),
                    balancer.call(
                            Attempt.first(traits), attempt -> attempt.endpoint().orElseThrow()));
        }
        return places;
    }

    @Test
    void aPopularKeyDoesNotOverloadItsEndpoint() {
        Simulation simulation = new Simulation(4);
        LoadBalancer balancer = LoadBalancer.over(
                endpoints(4), config.withBalance(Balance.CONSISTENT_HASH), events.context(simulation));
        Map<Endpoint, Integer> most = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            simulation.start(() ->
                    balancer.call(Attempt.first(CallTraits.unnamed().withKey("popular")), attempt -> {
                        most.merge(attempt.endpoint().orElseThrow(), 1, Integer::sum);
                        simulation.sleep(Duration.ofSeconds(1));
                        return "a";
                    }));
        }
        simulation.run();
        assertThat(most.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(32));
        assertThat(most.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
    }

    @Test
    void aRetryAndAHedgeGoWhereTheCallHasNotBeen() throws Exception {
        LoadBalancer balancer = balancer(3, Balance.P2C);
        Attempt first = Attempt.first(CallTraits.unnamed());
        List<Endpoint> seen = new ArrayList<>();
        for (Attempt attempt : List.of(first, first.again(), first.hedged())) {
            balancer.call(attempt, at -> seen.add(at.endpoint().orElseThrow()));
        }
        assertThat(seen).containsExactlyInAnyOrder(endpoint(0), endpoint(1), endpoint(2));
        balancer.call(first.again(), at -> seen.add(at.endpoint().orElseThrow()));
        assertThat(seen).hasSize(4);
    }

    @Test
    void anEndpointWhoseBreakerIsOpenIsPassedOverAtOnce() throws Exception {
        EndpointBreakers breakers = EndpointBreakers.of(BreakerConfig.defaults(), events.context(time));
        LoadBalancer balancer = balancer(3, Balance.ROUND_ROBIN);
        Policy policy = Policy.of(balancer, breakers);
        breakers.of(endpoint(0)).forceOpen();
        for (int i = 0; i < 30; i++) {
            Endpoint at = policy.call(
                    Attempt.first(CallTraits.unnamed()),
                    attempt -> attempt.endpoint().orElseThrow());
            assertThat(at).isNotEqualTo(endpoint(0));
        }
        breakers.of(endpoint(1)).forceOpen();
        time.pass(Duration.ofMinutes(1));
        Policy down = Policy.of(balancer, breakers);
        assertThat(down.<String>call(() -> "a")).isEqualTo("a");
        // With the success of before they are the twenty that it takes.
        for (int i = 0; i < 19; i++) {
            int number = i;
            assertThatThrownBy(() -> breakers.of(endpoint(2)).call(() -> {
                        throw new IOException("down " + number);
                    }))
                    .isInstanceOf(IOException.class);
        }
        time.pass(Duration.ofSeconds(1));
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> down.call(() -> "a"))
                .withMessage("test: no endpoint takes the call")
                .satisfies(error -> assertThat(error.retryAfter()).contains(Duration.ofSeconds(4)));
    }

    @Test
    void aRejectionByTheOtherSideIsItsAnswer() {
        LoadBalancer balancer = balancer(3, Balance.P2C);
        int[] calls = new int[1];
        assertThatThrownBy(() -> balancer.call(() -> {
                    calls[0]++;
                    throw new Rejected("busy", null);
                }))
                .hasMessage("busy");
        assertThat(calls[0]).isOne();
    }

    @Test
    void withoutEndpointsEveryCallIsRefused() {
        LoadBalancer balancer = LoadBalancer.over();
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> balancer.call(() -> "a"));
        balancer.update(endpoints(1));
        assertThat(balancer.stats()).hasSize(1);
    }

    @Test
    void endpointsChangeUnderLiveCallsAndWhatIsKnownOfTheOthersStays() throws Exception {
        LoadBalancer balancer = balancer(2, Balance.P2C);
        spread(balancer, 100);
        balancer.update(endpoints(2));
        balancer.update(List.of(new WeightedEndpoint(endpoint(1), 3), new WeightedEndpoint(endpoint(7), 1)));
        assertThat(events.of(EndpointsChanged.class)).containsExactly(new EndpointsChanged("test", 2, 2));
        List<EndpointStats> stats = balancer.stats();
        assertThat(stats).extracting(EndpointStats::endpoint).containsExactly(endpoint(1), endpoint(7));
        assertThat(stats.get(0).latency()).isPositive();
        assertThat(stats.get(0).weight()).isEqualTo(3);
        assertThat(stats.get(1).latency()).isZero();
        assertThat(stats).allSatisfy(one -> assertThat(one.healthy()).isTrue());
        assertThat(stats).allSatisfy(one -> assertThat(one.concurrent()).isZero());
    }

    @Test
    void aNewEndpointStartsSlowly() throws Exception {
        LoadBalancer balancer = balancer(3, Balance.RANDOM);
        spread(balancer, 100);
        balancer.update(endpoints(4));
        // 1,000 calls of 10 ms are 10 s of the 30 s.
        int early = spread(balancer, 1_000).getOrDefault("node-3", 0);
        int later = spread(balancer, 1_000).getOrDefault("node-3", 0);
        time.pass(Duration.ofSeconds(30));
        int warm = spread(balancer, 1_000).getOrDefault("node-3", 0);
        assertThat(early).isBetween(10, 100);
        assertThat(later).isBetween(early, 220);
        assertThat(warm).isBetween(190, 310);
        LoadBalancer quick = LoadBalancer.over(
                endpoints(1),
                config.withSlowStart(Duration.ZERO).withBalance(Balance.ROUND_ROBIN),
                events.context(time));
        quick.update(endpoints(2));
        assertThat(spread(quick, 100)).containsEntry("node-1", 50);
    }

    @Test
    void whenTooFewAreWellAllAreUsed() throws Exception {
        LoadBalancer balancer = balancer(4, Balance.ROUND_ROBIN);
        List<Node> nodes = balancer.roster().all();
        balancer.roster().healthChanged(nodes.get(0), false);
        balancer.roster().healthChanged(nodes.get(0), false);
        balancer.roster().healthChanged(nodes.get(1), false);
        assertThat(spread(balancer, 100)).hasSize(2);
        balancer.roster().healthChanged(nodes.get(2), false);
        assertThat(spread(balancer, 100)).hasSize(4);
        balancer.roster().healthChanged(nodes.get(2), true);
        assertThat(spread(balancer, 100)).hasSize(2);
        assertThat(events.of(Panicked.class))
                .containsExactly(new Panicked("test", true, 1, 4), new Panicked("test", false, 2, 4));
    }

    @Test
    void aSourceIsAskedAgainAndItsFailuresLeaveTheLastEndpointsInUse() {
        Simulation simulation = new Simulation(1);
        List<Object> script = new ArrayList<>(
                List.of(endpoints(2), endpoints(3), new IOException("registry away"), List.of(), endpoints(1)));
        EndpointSource source = () -> {
            Object step = script.size() > 1 ? script.removeFirst() : script.getFirst();
            if (step instanceof Exception failure) throw failure;
            @SuppressWarnings("unchecked")
            List<WeightedEndpoint> found = (List<WeightedEndpoint>) step;
            return found;
        };
        List<Integer> sizes = new ArrayList<>();
        simulation.start(() -> {
            try (LoadBalancer balancer =
                    LoadBalancer.following(source, Duration.ofSeconds(30), config, events.context(simulation))) {
                for (int i = 0; i < 5; i++) {
                    sizes.add(balancer.stats().size());
                    simulation.sleep(Duration.ofSeconds(31));
                }
                return sizes;
            }
        });
        simulation.run();
        assertThat(sizes).containsExactly(2, 3, 3, 3, 1);
        assertThat(events.of(SourceFailed.class))
                .containsExactly(
                        new SourceFailed("test", "java.io.IOException: registry away"),
                        new SourceFailed("test", "no endpoint"));
        assertThatThrownBy(() -> LoadBalancer.following(
                        () -> {
                            throw new IOException("away");
                        },
                        Duration.ofSeconds(1),
                        config,
                        events.context(time)))
                .hasMessage("away");
    }

    @Test
    void dnsGivesAnEndpointForEachAddress() throws Exception {
        EndpointSource source = EndpointSource.dns(
                Endpoint.parse("shop.example:8080"),
                host -> List.of(
                        InetAddress.getByAddress(new byte[] {10, 0, 0, 1}),
                        InetAddress.getByAddress(new byte[] {10, 0, 0, 2})));
        assertThat(source.endpoints())
                .extracting(one -> one.endpoint().toString())
                .containsExactly("10.0.0.1:8080", "10.0.0.2:8080");
        assertThat(EndpointSource.dns(Endpoint.parse("127.0.0.1:1")).endpoints())
                .hasSize(1);
    }

    @Test
    void configurationsAreChecked() {
        assertThatThrownBy(() -> new WeightedEndpoint(endpoint(1), 0)).hasMessage("weight is 0, below 1");
        assertThatThrownBy(() -> config.withPanicThreshold(2)).hasMessageStartingWith("panicThreshold is 2.0");
        OutlierEjection ejection = OutlierEjection.defaults();
        assertThatThrownBy(() -> ejection.withMaxShare(-1)).hasMessageStartingWith("maxShare is -1.0");
        assertThatThrownBy(() -> ejection.withTime(Duration.ZERO, Duration.ZERO))
                .hasMessage("base is 0, must be longer");
    }

    @Test
    void whereAllOthersRefuseASecondAttemptGoesBackToTheFirstEndpoint() throws Exception {
        LoadBalancer balancer = balancer(3, Balance.ROUND_ROBIN);
        Attempt first = Attempt.first(CallTraits.unnamed());
        Endpoint before = balancer.call(first, attempt -> attempt.endpoint().orElseThrow());
        List<Endpoint> asked = new ArrayList<>();
        String answer = balancer.call(first.again(), attempt -> {
            asked.add(attempt.endpoint().orElseThrow());
            if (asked.size() < 3) throw attempt.refusal("open", Optional.empty());
            return "a";
        });
        assertThat(answer).isEqualTo("a");
        assertThat(asked).hasSize(3).doesNotHaveDuplicates().last().isEqualTo(before);
        assertThat(first.tried()).hasSize(4).startsWith(before).endsWith(before);
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> balancer.call(first.again(), attempt -> {
                    asked.add(attempt.endpoint().orElseThrow());
                    throw attempt.refusal("open", Optional.empty());
                }));
        assertThat(asked).hasSize(6);
    }
}
