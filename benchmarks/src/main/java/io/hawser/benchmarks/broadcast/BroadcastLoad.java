package io.hawser.benchmarks.broadcast;

/// What load to make.
///
/// @param subscribers that have to get each message
/// @param window how many messages may be under way at once: a further one is published when the oldest has
///     reached all
/// @param payloadBytes of each text, in ASCII
/// @param isStalled whether there is one more subscriber, who does not read
public record BroadcastLoad(int subscribers, int window, int payloadBytes, boolean isStalled) {
    static final int MAX_WINDOW = 1024;
    /// The mark and the number that a text begins with.
    static final int LEAST_PAYLOAD = 17;

    public BroadcastLoad {
        if (subscribers < 1) throw new IllegalArgumentException("subscribers " + subscribers + ": at least 1");
        if (window < 1 || window > MAX_WINDOW) {
            throw new IllegalArgumentException("window " + window + ": from 1 to " + MAX_WINDOW);
        }
        if (payloadBytes < LEAST_PAYLOAD) {
            throw new IllegalArgumentException("payload " + payloadBytes + ": at least " + LEAST_PAYLOAD);
        }
    }
}
