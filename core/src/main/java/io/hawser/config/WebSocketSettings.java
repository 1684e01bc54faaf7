package io.hawser.config;

import io.hawser.session.SessionConfig;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocketConfig;
import java.time.Duration;

/// How WebSockets are served.
///
/// @param heartbeatInterval silence after which a peer is pinged
/// @param maxConnections at once; in a hub, one more is answered 503; elsewhere whoever serves them sees to it
/// @param compression whether who offers permessage-deflate gets it, each message by itself
public record WebSocketSettings(Duration heartbeatInterval, int maxConnections, boolean compression) {
    private static final WebSocketSettings DEFAULTS =
            new WebSocketSettings(SessionConfig.defaults().pingAfter(), 10_000, true);

    public WebSocketSettings {
        if (!heartbeatInterval.isPositive()) {
            throw new IllegalArgumentException("heartbeatInterval " + heartbeatInterval + ": above zero");
        }
        if (maxConnections < 1) throw new IllegalArgumentException("maxConnections " + maxConnections + ": at least 1");
    }

    public static WebSocketSettings defaults() {
        return DEFAULTS;
    }

    /// `config` with what is said here, but `maxConnections`, of which it knows nothing.
    public WebSocketConfig applyTo(WebSocketConfig config) {
        WebSocketConfig beating = config.withSession(config.session().withPingAfter(heartbeatInterval));
        return compression ? beating.withDeflate(Deflate.defaults()) : beating;
    }
}
