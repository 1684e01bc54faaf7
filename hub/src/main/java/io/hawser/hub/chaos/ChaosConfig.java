package io.hawser.hub.chaos;

import java.time.Duration;

/// How much goes on while things go wrong.
///
/// @param clients that each follow one topic
/// @param topics with one publisher each
/// @param rate messages published in a second, to all topics together
/// @param payloadBytes of one, about
/// @param fault how long each fault lasts
public record ChaosConfig(int clients, int topics, int rate, int payloadBytes, Duration fault) {
    public ChaosConfig {
        if (clients < 1 || clients > 2000) throw new IllegalArgumentException("clients " + clients + ": 1 to 2,000");
        if (topics < 1 || topics > 100) throw new IllegalArgumentException("topics " + topics + ": 1 to 100");
        if (rate < 1 || rate > 10_000) throw new IllegalArgumentException("rate " + rate + ": 1 to 10,000");
        if (payloadBytes < 0 || payloadBytes > 65_536) {
            throw new IllegalArgumentException("payload " + payloadBytes + ": 0 to 65,536");
        }
        if (!fault.isPositive()) throw new IllegalArgumentException("fault " + fault + ": above zero");
    }
}
