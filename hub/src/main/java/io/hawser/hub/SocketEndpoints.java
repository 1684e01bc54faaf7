package io.hawser.hub;

import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.session.SessionHandler;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The hub's WebSockets, before its other endpoints: `/ws` for who talks to the others, `/echo` for who wants
/// everything back; a request to `/echo` that asks for no WebSocket is for the endpoint of that name.
///
/// On a loopback address a page of any site could reach `/ws` by a name of its own that leads there, and be of
/// the same origin: so only names of this machine are answered.
///
/// @param bare what a peer without a subprotocol of the hub gets at `/ws`; empty if it gets nothing
/// @param protocols who speaks the hub's protocol at `/ws`, by subprotocol
/// @param isLoopback whether the hub listens on a loopback address
record SocketEndpoints(
        WebSocketConfig config,
        SessionHandler echo,
        Optional<SessionHandler> bare,
        Map<String, SessionHandler> protocols,
        boolean isLoopback)
        implements Filter {
    private static final Set<String> NAMES_OF_THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        return switch (request.rawPath()) {
            case "/ws" -> talk(request);
            case "/echo" ->
                request.headers().lists("Upgrade", "websocket")
                        ? WebSockets.accept(request, config, echo)
                        : next.handle(request);
            default -> next.handle(request);
        };
    }

    private Response talk(Request request) {
        if (isLoopback && !NAMES_OF_THIS_MACHINE.contains(host(request))) {
            return Response.text(Status.MISDIRECTED_REQUEST, "this machine has no such name\n");
        }
        for (String offered : request.headers().list("Sec-WebSocket-Protocol")) {
            SessionHandler handler = protocols.get(offered);
            if (handler != null) return WebSockets.accept(request, config.withSubprotocols(offered), handler);
        }
        return bare.map(handler -> WebSockets.accept(request, config, handler))
                .orElseGet(() -> Response.text(Status.FORBIDDEN, "no WebSocket without a subprotocol of the hub\n"));
    }

    private static String host(Request request) {
        String authority = request.authority().toLowerCase(Locale.ROOT);
        int port = authority.lastIndexOf(':');
        return port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
    }
}
