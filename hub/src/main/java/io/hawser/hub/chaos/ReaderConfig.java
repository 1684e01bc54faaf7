package io.hawser.hub.chaos;

import java.time.Duration;

/// How many read a hub, and for how long one of them does not.
///
/// @param readers of a log and a live topic each; 1 to 9,000
/// @param rate messages published in a second to each of the two; 1 to 100
/// @param payloadBytes of one, about; 0 to 65,536
/// @param time how long a round lasts: from 2 s, in which a socket has to fill, to 8 s, since the hub closes a
///     connection that takes nothing for 10 s
/// @param rounds in which all read, and as many in which one stands still; 1 to 100
public record ReaderConfig(int readers, int rate, int payloadBytes, Duration time, int rounds) {
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(8);

    public ReaderConfig {
        FloodConfig.between("readers", readers, 9000);
        FloodConfig.between("rate", rate, 100);
        FloodConfig.between("rounds", rounds, 100);
        if (payloadBytes < 0 || payloadBytes > 65_536) {
            throw new IllegalArgumentException("payload " + payloadBytes + ": 0 to 65,536");
        }
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("time " + time + ": 2 to 8 s");
        }
    }
}
