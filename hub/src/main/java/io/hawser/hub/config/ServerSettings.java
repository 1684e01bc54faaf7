package io.hawser.hub.config;

import io.hawser.http.HttpConfig;
import io.hawser.hub.BareMode;
import io.hawser.io.ExecutionMode;
import io.hawser.websocket.Origins;
import java.util.List;
import java.util.Optional;

/// The hub as a server.
///
/// @param node the name of this hub among others: 1 to 64 visible ASCII characters
/// @param bare what a peer gets that says no hello: `managed`, `echo` or `off`; without, managed on a
///     loopback address and off on any other
/// @param handlers where the hub's own handlers run; what waits for upstreams runs on virtual threads, which
///     with `loop_carrier` are the event loop's own
/// @param tls serve TLS, on the same port
/// @param limits of each session
/// @param http limits of HTTP
/// @param names by which it may be addressed on a loopback address, besides `localhost`, `127.0.0.1` and
///     `[::1]`
/// @param origins `scheme://host:port` of other pages that may call
public record ServerSettings(
        String node,
        Optional<BareMode> bare,
        ExecutionMode handlers,
        Optional<TlsSettings> tls,
        LimitSettings limits,
        HttpConfig http,
        List<String> names,
        List<String> origins) {
    private static final ServerSettings DEFAULTS = new ServerSettings(
            "hawser",
            Optional.empty(),
            ExecutionMode.EVENT_LOOP,
            Optional.empty(),
            LimitSettings.defaults(),
            HttpConfig.defaults(),
            List.of(),
            List.of());

    public ServerSettings {
        names = List.copyOf(names);
        origins = List.copyOf(origins);
        var _ = Origins.of(origins.toArray(String[]::new));
    }

    public static ServerSettings defaults() {
        return DEFAULTS;
    }
}
