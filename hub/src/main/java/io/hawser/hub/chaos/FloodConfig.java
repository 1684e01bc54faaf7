package io.hawser.hub.chaos;

import java.time.Duration;

/// How much a server is flooded, and how others call it meanwhile.
///
/// @param rate calls of another address in a second; 1 to 2,000
/// @param connections of each flood, all of one address; 1 to 1,000,000
/// @param time how long a flood lasts, over which its connections come evenly, and each time without one; above
///     zero, at most an hour
/// @param rounds of a time without a flood and one with it; 1 to 100
public record FloodConfig(int rate, int connections, Duration time, int rounds) {
    private static final Duration LONGEST = Duration.ofHours(1);

    public FloodConfig {
        between("rate", rate, 2000);
        between("connections", connections, 1_000_000);
        between("rounds", rounds, 100);
        if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("time " + time + ": above zero, at most an hour");
        }
    }

    static void between(String name, int value, int most) {
        if (value < 1 || value > most) throw new IllegalArgumentException(name + " " + value + ": 1 to " + most);
    }
}
