package io.hawser.hub;

import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.hub.access.Identity;
import io.hawser.io.ExecutionMode;
import io.hawser.session.SessionHandler;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The hub's WebSockets, before its other endpoints: `/ws` for who talks to the others, `/echo` for
/// who wants everything back; a request to `/echo` that asks for no WebSocket is for the endpoint of
/// that name.
///
/// @param bare what a peer without a subprotocol of the hub gets at `/ws`; empty if it gets nothing
/// @param protocols who speaks the hub's protocol at `/ws`, by subprotocol, and with which configuration
/// @param guard who may talk to the others
/// @param next the other endpoints
record SocketEndpoints(
        WebSocketConfig config,
        SessionHandler echo,
        Optional<SessionHandler> bare,
        Map<String, Spoken> protocols,
        Filter guard,
        HttpHandler next)
        implements HttpHandler {
    private static final String TALK = "/ws";

    /// One subprotocol.
    record Spoken(WebSocketConfig config, SessionHandler handler) {}

    static SocketEndpoints of(
            WebSocketConfig config,
            SessionHandler echo,
            Optional<SessionHandler> bare,
            Map<String, SessionHandler> protocols,
            Filter guard,
            HttpHandler next) {
        Map<String, Spoken> spoken = new HashMap<>();
        protocols.forEach((name, handler) -> spoken.put(name, new Spoken(config.withSubprotocols(name), handler)));
        return new SocketEndpoints(config, echo, bare, spoken, guard, next);
    }

    @Override
    public Response handle(Request request) throws Exception {
        return switch (request.rawPath()) {
            case TALK -> guard.filter(request, this::talk);
            case "/echo" ->
                request.headers().lists("Upgrade", "websocket")
                        ? WebSockets.accept(request, config, echo)
                        : next.handle(request);
            default -> next.handle(request);
        };
    }

    /// Whose token that is may have to be asked elsewhere.
    @Override
    public ExecutionMode mode(Request request) {
        boolean mayWait =
                request.headers().has("Authorization") && request.rawPath().equals(TALK);
        return mayWait ? ExecutionMode.VIRTUAL : next.mode(request);
    }

    private Response talk(Request request) {
        for (String offered : request.headers().list("Sec-WebSocket-Protocol")) {
            Spoken spoken = protocols.get(offered);
            if (spoken != null) return WebSockets.accept(request, spoken.config(), known(request, spoken.handler()));
        }
        return bare.map(handler -> WebSockets.accept(request, config, handler))
                .orElseGet(() -> Problem.of(Status.FORBIDDEN, "no WebSocket without a subprotocol of the hub")
                        .response());
    }

    /// Who has proved in the handshake who he is need not do so in the hello.
    private static SessionHandler known(Request request, SessionHandler handler) {
        return request.attribute(Identity.KEY)
                .filter(Identity::isSomebody)
                .<SessionHandler>map(identity -> new IdentifiedHandler(identity, handler))
                .orElse(handler);
    }
}
