package io.hawser.benchmarks.broadcast;

import java.util.OptionalLong;

/// What load to make.
///
/// @param subscribers that have to get each message
/// @param window how many messages may be under way at once: a further one is published when the oldest has
///     reached all
/// @param payloadBytes of each text, in ASCII
/// @param ratePerSecond of publications, each when it is due, whatever the server does; empty for as many as
///     the window allows
public record BroadcastLoad(int subscribers, int window, int payloadBytes, OptionalLong ratePerSecond) {
    static final int MAX_WINDOW = 1024;
    /// The mark and the number that a text begins with.
    static final int LEAST_PAYLOAD = 17;

    public BroadcastLoad(int subscribers, int window, int payloadBytes) {
        this(subscribers, window, payloadBytes, OptionalLong.empty());
    }

    public BroadcastLoad {
        if (subscribers < 1) throw new IllegalArgumentException("subscribers " + subscribers + ": at least 1");
        if (window < 1 || window > MAX_WINDOW) {
            throw new IllegalArgumentException("window " + window + ": from 1 to " + MAX_WINDOW);
        }
        if (payloadBytes < LEAST_PAYLOAD) {
            throw new IllegalArgumentException("payload " + payloadBytes + ": at least " + LEAST_PAYLOAD);
        }
    }

    /// At this rate, and with as many under way as can be: a publication that finds no room waits, and its
    /// latency runs.
    public BroadcastLoad at(long perSecond) {
        return new BroadcastLoad(subscribers, MAX_WINDOW, payloadBytes, OptionalLong.of(perSecond));
    }
}
