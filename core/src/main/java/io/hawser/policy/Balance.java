package io.hawser.policy;

import java.util.random.RandomGenerator;

/// How a [LoadBalancer] chooses among endpoints that are well.
public enum Balance {
    /// Of two drawn by lot, the one with the lower cost: the peak-sensitive average latency, times calls
    /// under way, over weight. Avoids slow endpoints within a call or two, and costs the same for any number
    /// of them.
    P2C,
    /// Each in turn.
    ROUND_ROBIN,
    /// Each in turn as often as its weight says, interleaved.
    WEIGHTED,
    /// By lot.
    RANDOM,
    /// The one with the fewest calls under way for its weight.
    LEAST_REQUESTS,
    /// By the key of the call, so that one key stays with one endpoint, and few keys move when endpoints come
    /// and go; but to the next one for this key when the first has over 1.25 times its share of the calls
    /// under way.
    CONSISTENT_HASH;

    Picker picker(RandomGenerator random) {
        return switch (this) {
            case P2C -> new PowerOfTwo(random);
            case ROUND_ROBIN -> new RoundRobin(random);
            case WEIGHTED -> new SmoothWeighted();
            case RANDOM -> (nodes, attempt, now) -> nodes[random.nextInt(nodes.length)];
            case LEAST_REQUESTS -> new LeastRequests(random);
            case CONSISTENT_HASH -> new RendezvousHash(random);
        };
    }
}
