package io.hawser.hub.config;

import io.hawser.io.ConnectionLimits;
import java.time.Duration;

/// The bounds of one session.
///
/// @param softQueueBytes queued for sending: from here on live topics are passed over and told as a gap,
///     logs wait in their history, and the peer is not read until half of it is gone
/// @param hardQueueBytes queued for sending: what would go over it is dropped, unless nothing is queued
/// @param maxInFlight messages received and not yet handled; reading stops at it, or where those of 4 KiB and
///     more have `hard_queue` together
/// @param idleTimeout no bytes at all for so long closes the connection; of MSGI and WebSocket, none received
/// @param stallTimeout bytes wait and the peer takes none for so long: closed as too slow
public record LimitSettings(
        int softQueueBytes, int hardQueueBytes, int maxInFlight, Duration idleTimeout, Duration stallTimeout) {
    private static final LimitSettings DEFAULTS = of(ConnectionLimits.defaults());

    public LimitSettings {
        var _ = limits(softQueueBytes, hardQueueBytes, maxInFlight, idleTimeout, stallTimeout);
    }

    public static LimitSettings defaults() {
        return DEFAULTS;
    }

    private static LimitSettings of(ConnectionLimits limits) {
        return new LimitSettings(
                limits.softQueueBytes(),
                limits.hardQueueBytes(),
                limits.maxInFlight(),
                limits.idleTimeout(),
                limits.stallTimeout());
    }

    private static ConnectionLimits limits(int soft, int hard, int inFlight, Duration idle, Duration stall) {
        return ConnectionLimits.defaults()
                .withQueueBytes(soft, hard)
                .withMaxInFlight(inFlight)
                .withIdleTimeout(idle)
                .withStallTimeout(stall);
    }

    ConnectionLimits toLimits() {
        return limits(softQueueBytes, hardQueueBytes, maxInFlight, idleTimeout, stallTimeout);
    }
}
