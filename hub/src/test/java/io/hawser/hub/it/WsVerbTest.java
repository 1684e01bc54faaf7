package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpVersion;
import io.hawser.hub.Main;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// `./hawser ws` as it is typed.
class WsVerbTest {
    private static final SessionHandler ECHO = new SessionHandler() {
        @Override
        public void message(Session session, Message message) {
            session.send(message);
        }
    };

    private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();

    @Test
    void aUrlMayBeShortAndTheVersionMayBeHttp2() {
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
            versions.add(request.version());
            return WebSockets.accept(request, WebSocketConfig.defaults(), ECHO);
        })) {
            String bare = server.endpoint() + "/";
            assertThat(Main.run("ws", bare, "--send", "a", "--count", "1")).isZero();
            assertThat(Main.run("ws", "ws://" + bare, "--send", "a", "--count", "1", "--h2"))
                    .isZero();
            assertThat(versions).containsExactly(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2);
        }
        assertThat(Main.run("ws", "ftp://x")).isEqualTo(2);
    }
}
