package io.hawser.io;

import java.time.Duration;

/// The bounds of one connection.
///
/// @param softQueueBytes queued for sending: from here on `send` waits, `offer` drops, and the peer is not
///     read from, until there is room again; default 256 KiB
/// @param hardQueueBytes queued for sending: an `offer` that would go over it is dropped, unless nothing is
///     queued; default 1 MiB
/// @param maxInFlight messages received and not yet handled; reading stops at it, as it does where those of 4
///     KiB and more have `hardQueueBytes` together; of framings of one's own only [io.hawser.Bytes] and texts
///     are counted; default 64
/// @param idleTimeout no bytes at all for so long closes the connection; of a WebSocket, and of MSGI after
///     its hello, only what is received counts, so a ping should come before it
///     ([io.hawser.session.SessionConfig#pingAfter()]); default 60 s
/// @param stallTimeout bytes wait and the peer takes none for so long: closed as too slow; default 10 s
/// @param frameTimeout a frame that has begun must be complete within it, of a WebSocket the whole message;
///     default 30 s
public record ConnectionLimits(
        int softQueueBytes,
        int hardQueueBytes,
        int maxInFlight,
        Duration idleTimeout,
        Duration stallTimeout,
        Duration frameTimeout) {
    /// Nanoseconds of the clock are compared by their difference.
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);
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
        if (value.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException(name + " " + value + ": at most 146 years");
    }
}
