package io.hawser.config;

import io.hawser.messaging.MessagingConfig;
import io.hawser.session.SessionConfig;
import java.time.Duration;

/// How MSGI is served.
///
/// @param maxConnections at once; in a hub, one more is told that the server is full; elsewhere whoever
///     serves them sees to it
/// @param messageSizeLimitBytes the longest message; in a hub, of WebSockets too
/// @param timeout in which a message that has begun must be complete
public record MessagingSettings(int maxConnections, int messageSizeLimitBytes, Duration timeout) {
    private static final MessagingSettings DEFAULTS = new MessagingSettings(
            10_000,
            MessagingConfig.defaults().maxMessageBytes(),
            SessionConfig.defaults().limits().frameTimeout());

    public MessagingSettings {
        if (maxConnections < 1) throw new IllegalArgumentException("maxConnections " + maxConnections + ": at least 1");
        if (messageSizeLimitBytes < 1) {
            throw new IllegalArgumentException("messageSizeLimitBytes " + messageSizeLimitBytes + ": at least 1");
        }
        if (!timeout.isPositive()) throw new IllegalArgumentException("timeout " + timeout + ": above zero");
    }

    public static MessagingSettings defaults() {
        return DEFAULTS;
    }

    /// `config` with what is said here, but `maxConnections`, of which it knows nothing.
    public MessagingConfig applyTo(MessagingConfig config) {
        SessionConfig session = config.session();
        return config.withMaxMessageBytes(messageSizeLimitBytes)
                .withSession(session.withLimits(session.limits().withFrameTimeout(timeout)));
    }
}
