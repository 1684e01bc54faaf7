package io.hawser.cluster;

/// What one [Follower] may have.
///
/// @param subscriptions at once; default 128
/// @param recovered messages that are replayed at once; for more there is a resync, reason `limit`; default 1,000
/// @param waiting messages of live topics that wait for room; over it the oldest is dropped; default 256
/// @param waitingBytes of their payloads; default 256 KiB
public record FollowLimits(int subscriptions, int recovered, int waiting, long waitingBytes) {
    private static final FollowLimits DEFAULTS = new FollowLimits(128, 1000, 256, 256 << 10);

    public FollowLimits {
        positive("subscriptions", subscriptions);
        positive("recovered", recovered);
        positive("waiting", waiting);
        positive("waitingBytes", waitingBytes);
    }

    private static void positive(String what, long value) {
        if (value < 1) throw new IllegalArgumentException(what + " " + value + ": above zero");
    }

    public static FollowLimits defaults() {
        return DEFAULTS;
    }

    public FollowLimits withSubscriptions(int changed) {
        return new FollowLimits(changed, recovered, waiting, waitingBytes);
    }

    public FollowLimits withRecovered(int changed) {
        return new FollowLimits(subscriptions, changed, waiting, waitingBytes);
    }

    public FollowLimits withWaiting(int changed) {
        return new FollowLimits(subscriptions, recovered, changed, waitingBytes);
    }

    public FollowLimits withWaitingBytes(long changed) {
        return new FollowLimits(subscriptions, recovered, waiting, changed);
    }
}
