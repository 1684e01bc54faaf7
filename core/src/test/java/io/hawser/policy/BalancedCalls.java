package io.hawser.policy;

import io.hawser.Endpoint;
import io.hawser.testing.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A balancer on fake time, and calls over it.
class BalancedCalls {
    final FakeTime time = new FakeTime();
    final Events events = new Events();
    final BalancerConfig config = BalancerConfig.defaults();

    static Endpoint endpoint(int number) {
        return Endpoint.of("node-" + number, 80);
    }

    static List<WeightedEndpoint> endpoints(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new WeightedEndpoint(endpoint(number), 1))
                .toList();
    }

    LoadBalancer balancer(int count, Balance balance) {
        return LoadBalancer.over(endpoints(count), config.withBalance(balance), events.context(time));
    }

    /// Calls `times` times, each for 10 ms, and says where.
    Map<String, Integer> spread(LoadBalancer balancer, int times, CallTraits traits) throws Exception {
        Map<String, Integer> spread = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            balancer.call(Attempt.first(traits), attempt -> {
                time.pass(Duration.ofMillis(10));
                return spread.merge(attempt.endpoint().orElseThrow().host(), 1, Integer::sum);
            });
        }
        return spread;
    }

    Map<String, Integer> spread(LoadBalancer balancer, int times) throws Exception {
        return spread(balancer, times, CallTraits.unnamed());
    }

    void fails(LoadBalancer balancer, Endpoint failing, int times) throws Exception {
        int[] left = {times};
        while (left[0] > 0) {
            try {
                balancer.call(Attempt.first(CallTraits.unnamed()), attempt -> {
                    time.pass(Duration.ofMillis(1));
                    if (!attempt.endpoint().equals(Optional.of(failing))) return "a";
                    left[0]--;
                    throw new IOException("down");
                });
            } catch (IOException down) {
                // As meant.
            }
        }
    }
}
