package io.hawser.hub;

import io.hawser.http.HttpConfig;
import io.hawser.io.ExecutionMode;
import io.hawser.messaging.MessagingConfig;
import java.util.Optional;

/// What a hub speaks, and within which limits.
///
/// @param messaging limits of MSGI, and of WebSocket messages and sessions; its id and whether bare peers
///     are welcome follow from the hub
/// @param http limits of HTTP
/// @param maxWebSockets at once; default 10,000
/// @param bare what a peer without a hello gets; empty, the default, is [BareMode#MANAGED] on a loopback
///     address where no proxy brings others, and [BareMode#OFF] on any other
/// @param compression whether a WebSocket that offers permessage-deflate gets it, each message by itself;
///     default yes
/// @param handlers where the hub's own handlers run; default [ExecutionMode#EVENT_LOOP]
public record Protocols(
        MessagingConfig messaging,
        HttpConfig http,
        int maxWebSockets,
        Optional<BareMode> bare,
        boolean compression,
        ExecutionMode handlers) {
    private static final Protocols DEFAULTS = new Protocols(
            MessagingConfig.defaults(),
            HttpConfig.defaults(),
            10_000,
            Optional.empty(),
            true,
            ExecutionMode.EVENT_LOOP);

    public Protocols {
        if (maxWebSockets < 1) throw new IllegalArgumentException("maxWebSockets " + maxWebSockets + ": at least 1");
    }

    public static Protocols defaults() {
        return DEFAULTS;
    }

    public Protocols withMessaging(MessagingConfig changed) {
        return new Protocols(changed, http, maxWebSockets, bare, compression, handlers);
    }

    public Protocols withHttp(HttpConfig changed) {
        return new Protocols(messaging, changed, maxWebSockets, bare, compression, handlers);
    }

    public Protocols withMaxWebSockets(int changed) {
        return new Protocols(messaging, http, changed, bare, compression, handlers);
    }

    public Protocols withBare(BareMode changed) {
        return new Protocols(messaging, http, maxWebSockets, Optional.of(changed), compression, handlers);
    }

    public Protocols withCompression(boolean changed) {
        return new Protocols(messaging, http, maxWebSockets, bare, changed, handlers);
    }

    public Protocols withHandlers(ExecutionMode changed) {
        return new Protocols(messaging, http, maxWebSockets, bare, compression, changed);
    }
}
