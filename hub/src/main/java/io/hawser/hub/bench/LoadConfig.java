package io.hawser.hub.bench;

import java.time.Duration;
import java.util.OptionalLong;

/// What load to make.
///
/// Without a rate the loop is closed: each connection keeps `window` requests in flight and sends when at
/// least `batch` of them are answered. With a rate it is open: requests are sent when they are due, and
/// `window` is only the bound on what one connection may have in flight; what finds no room waits, and its
/// latency runs.
public record LoadConfig(
        int connections,
        int window,
        OptionalLong ratePerSecond,
        int payloadBytes,
        Duration duration,
        Duration warmup,
        int threads,
        int batch) {

    /// The largest window: a connection remembers when each request of it was sent.
    public static final int MAX_WINDOW = 65_536;

    public LoadConfig {
        within("connections", connections, 1, 1_000_000);
        within("window", window, 1, MAX_WINDOW);
        within("payload", payloadBytes, 0, 1 << 30);
        within("threads", threads, 1, 256);
        within("batch", batch, 1, window);
        if (ratePerSecond.isPresent()
                && (ratePerSecond.getAsLong() < 1 || ratePerSecond.getAsLong() > 1_000_000_000L)) {
            throw new IllegalArgumentException(
                    "rate: " + ratePerSecond.getAsLong() + ", must be 1 to 1000000000 messages a second");
        }
        if (threads > connections) {
            throw new IllegalArgumentException("threads: " + threads + ", must be at most connections, " + connections);
        }
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration: " + duration + ", must be more than 0");
        }
        if (warmup.isNegative()) {
            throw new IllegalArgumentException("warmup: " + warmup + ", must not be negative");
        }
    }

    private static void within(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + ", must be " + min + " to " + max);
        }
    }
}
