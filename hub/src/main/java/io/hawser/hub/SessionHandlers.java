package io.hawser.hub;

import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.hub.log.SessionLogContext;
import io.hawser.hub.v1.Notation;
import io.hawser.io.ExecutionMode;
import io.hawser.session.SessionHandler;
import java.util.Map;
import java.util.Optional;

/// Who handles the hub's sessions, by how they came.
record SessionHandlers(HubConfig config, ProtocolConfigs configs, Exchange exchange, Answers answers) {
    private static final SessionHandler GREETED_ONLY = (session, message) -> {
        throw new IllegalStateException("a bare peer got past the hello");
    };

    /// Those of MSGI.
    SessionHandler messages() {
        SessionHandler bare = switch (config.bareMode()) {
            case MANAGED -> managed();
            case ECHO -> echo();
            case OFF -> GREETED_ONLY;
        };
        return v1(Notation.CBOR, bare);
    }

    /// Those of WebSockets.
    ///
    /// @param guard who may talk to the others
    /// @param next what is no WebSocket
    SocketEndpoints sockets(Filter guard, HttpHandler next) {
        SessionHandler echo = SessionLogContext.around(echo().in(mode()));
        Optional<SessionHandler> bare = switch (config.bareMode()) {
            case MANAGED -> Optional.of(SessionLogContext.around(new TextOnlyHandler(managed()).in(mode())));
            case ECHO -> Optional.of(echo);
            case OFF -> Optional.empty();
        };
        Map<String, SessionHandler> v1 = Map.of(
                "hawser.v1.json", v1(Notation.JSON, GREETED_ONLY), "hawser.v1.cbor", v1(Notation.CBOR, GREETED_ONLY));
        return SocketEndpoints.of(configs.socket(), new ApartHandler(echo), bare, v1, guard, next);
    }

    private SessionHandler managed() {
        return new ManagedHandler(answers, exchange.delivery());
    }

    private SessionHandler echo() {
        return new EchoHandler(answers);
    }

    private SessionHandler v1(Notation notation, SessionHandler bare) {
        return SessionLogContext.around(
                exchange.handler(notation, bare, mode(), configs.messaging().session()));
    }

    private ExecutionMode mode() {
        return config.protocols().handlers();
    }
}
