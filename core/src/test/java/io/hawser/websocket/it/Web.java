package io.hawser.websocket.it;

import io.hawser.Reconnect;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.io.ExecutionMode;
import io.hawser.session.Message;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.time.Duration;

/// What the tests of servers and clients share.
final class Web {
    static final Reconnect QUICK = Reconnect.defaults().withPauses(Duration.ofMillis(1), Duration.ofMillis(20));

    private Web() {}

    static HttpServer serve(ListenConfig listen, WebSocketConfig config, SessionHandler handler) {
        return HttpServer.start(
                listen,
                HttpConfig.defaults(),
                request -> request.path().equals("/")
                        ? WebSockets.accept(request, config, handler)
                        : Response.of(Integer.parseInt(request.path().substring(1))));
    }

    static HttpServer serve(SessionHandler handler) {
        return serve(ListenConfig.on("127.0.0.1:0"), WebSocketConfig.defaults(), handler);
    }

    static SessionHandler echo(ExecutionMode mode) {
        SessionHandler handler = mode == ExecutionMode.EVENT_LOOP
                ? (session, message) -> session.offer(message)
                : (session, message) -> session.send(message);
        return handler.in(mode);
    }

    static WebSocketClientConfig to(HttpServer server) {
        return WebSocketClientConfig.to("ws://" + server.endpoint() + "/").withReconnect(QUICK);
    }

    /// What comes back for `text`.
    static String ask(WebSocket client, String text) {
        client.send(Message.text(text));
        return client.receive().text();
    }
}
