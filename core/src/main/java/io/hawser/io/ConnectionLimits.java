package io.hawser.io;

import java.time.Duration;

/// The bounds of one connection.
///
/// @param softQueueBytes queued for sending: from here on `send` waits, `offer` drops, and the peer is not
///     read from, until there is room again; default 256 KiB
/// @param hardQueueBytes queued for sending: an `offer` that would go over it is dropped, unless nothing is
///     queued; default 1 MiB
/// @param maxInFlight messages received and not yet handled; reading stops at it, as it does where they have
///     `hardQueueBytes` together; default 64
/// @param idleTimeout no bytes at all for so long closes the connection; default 60 s
/// @param stallTimeout bytes wait and the peer takes none for so long: closed as too slow; default 10 s
/// @param frameTimeout a frame that has begun must be complete within it; default 30 s
public record ConnectionLimits(
        int softQueueBytes,
        int hardQueueBytes,
        int maxInFlight,
        Duration idleTimeout,
        Duration stallTimeout,
        Duration frameTimeout) {
    private static final ConnectionLimits DEFAULTS = new ConnectionLimits(
            256 << 10, 1 << 20, 64, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30));

    public ConnectionLimits {
        if (softQueueBytes < 1) throw new IllegalArgumentException("softQueueBytes " + softQueueBytes + ": at least 1");
        if (hardQueueBytes < softQueueBytes) {
            throw new IllegalArgumentException(
                    "hardQueueBytes " + hardQueueBytes + ": at least softQueueBytes, " + softQueueBytes);
        }
        if (maxInFlight < 1) throw new IllegalArgumentException("maxInFlight " + maxInFlight + ": at least 1");
        positive("idleTimeout", idleTimeout);
        positive("stallTimeout", stallTimeout);
        positive("frameTimeout", frameTimeout);
    }

    public static ConnectionLimits defaults() {
        return DEFAULTS;
    }

    public ConnectionLimits withQueueBytes(int soft, int hard) {
        return new ConnectionLimits(soft, hard, maxInFlight, idleTimeout, stallTimeout, frameTimeout);
    }

    public ConnectionLimits withMaxInFlight(int changed) {
        return new ConnectionLimits(softQueueBytes, hardQueueBytes, changed, idleTimeout, stallTimeout, frameTimeout);
    }

    public ConnectionLimits withIdleTimeout(Duration changed) {
        return new ConnectionLimits(softQueueBytes, hardQueueBytes, maxInFlight, changed, stallTimeout, frameTimeout);
    }

    public ConnectionLimits withStallTimeout(Duration changed) {
        return new ConnectionLimits(softQueueBytes, hardQueueBytes, maxInFlight, idleTimeout, changed, frameTimeout);
    }

    public ConnectionLimits withFrameTimeout(Duration changed) {
        return new ConnectionLimits(softQueueBytes, hardQueueBytes, maxInFlight, idleTimeout, stallTimeout, changed);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) throw new IllegalArgumentException(name + " " + value + ": above zero");
    }
}
