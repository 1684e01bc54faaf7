package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpVersion;
import io.hawser.hub.Main;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `./hawser ws` as it is typed.
@Timeout(120)
class WsVerbTest {
    private static final SessionHandler ECHO = new SessionHandler() {
        @Override
        public void message(Session session, Message message) {
            session.send(message);
        }
    };

    private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();
    private final Typed typed = new Typed();

    private static HttpServer serve(WebSocketConfig config, SessionHandler handler) {
        return HttpServer.start(
                ListenConfig.on("127.0.0.1:0"),
                HttpConfig.defaults(),
                request -> WebSockets.accept(request, config, handler));
    }

    private void succeeds(String input, String... words) {
        int exitCode = typed.run(input, words);
        assertThat(exitCode).as(typed.err()).isZero();
    }

    @Test
    void whoListensReadsNoInputAndEndsWhenTheServerDoesOrEnoughHasCome() {
        SessionHandler news = new SessionHandler() {
            @Override
            public void opened(Session session) {
                session.send(Message.text("first"));
                session.send(Message.text("second"));
                session.close(CloseReason.NORMAL);
            }

            @Override
            public void message(Session session, Message message) {
                session.send(Message.text("unasked"));
            }
        };
        try (HttpServer server = serve(WebSocketConfig.defaults(), news)) {
            String url = "ws://" + server.endpoint() + "/";
            succeeds("not read", "ws", url, "--listen");
            assertThat(typed.out()).isEqualTo("first\nsecond\n");
            succeeds("", "ws", url, "--listen", "--count", "1");
            assertThat(typed.out()).isEqualTo("first\n");
            assertThat(typed.run("", "ws", url, "--listen", "--count", "3", "--timeout", "5s"))
                    .isEqualTo(1);
            assertThat(typed.err()).contains("2 of 3 messages came");
        }
    }

    @Test
    void whoListensSendsWhatHeIsGiven() {
        try (HttpServer server = serve(WebSocketConfig.defaults(), ECHO)) {
            succeeds("not read", "ws", "ws://" + server.endpoint() + "/", "--listen", "--send", "a", "--count", "1");
            assertThat(typed.out()).isEqualTo("a\n");
        }
    }

    @Test
    void subprotocolsAreOfferedBestFirst() {
        SessionHandler named = (session, message) ->
                session.send(Message.text(WebSockets.subprotocol(session).orElse("none")));
        List<String> offered = new CopyOnWriteArrayList<>();
        WebSocketConfig config = WebSocketConfig.defaults().withSubprotocols("chat.v2");
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
            offered.addAll(request.headers().list("Sec-WebSocket-Protocol"));
            return WebSockets.accept(request, config, named);
        })) {
            String url = "ws://" + server.endpoint() + "/";
            assertThat(typed.run("hello\n", "ws", url, "--subprotocol", "chat.v3", "--subprotocol", "chat.v2"))
                    .isZero();
            assertThat(offered).containsExactly("chat.v3", "chat.v2");
            assertThat(typed.out()).isEqualTo("chat.v2\n");
        }
    }

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
