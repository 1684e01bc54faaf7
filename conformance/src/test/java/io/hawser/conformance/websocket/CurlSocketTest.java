package io.hawser.conformance.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// curl as a client: one that knows `ws://` by itself, and any that is told the fields of the handshake.
@Timeout(120)
final class CurlSocketTest {
    private static final SessionHandler GREETING = new SessionHandler() {
        @Override
        public void opened(Session session) {
            session.send(Message.text("hello"));
            session.close(CloseReason.of(1000, "bye"));
        }

        @Override
        public void message(Session session, Message message) {}
    };

    @BeforeAll
    static void isThere() throws Exception {
        try {
            curl("--version");
        } catch (IOException missing) {
            assertThat(System.getenv("CI")).as("curl is not here").isNotEqualTo("true");
            System.err.println("SKIPPED: not tested against curl, which is not here");
            abort("curl is not here");
        }
    }

    private static HttpServer greeting() {
        return HttpServer.start(
                ListenConfig.on("127.0.0.1:0"),
                HttpConfig.defaults(),
                request -> WebSockets.accept(request, WebSocketConfig.defaults(), GREETING));
    }

    /// What curl printed, byte by byte.
    private static String curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-N", "--max-time", "30"));
        command.addAll(List.of(arguments));
        Process curl = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(curl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @Test
    void theHandshakeAndTheFramesAreThoseOfTheStandard() throws Exception {
        try (HttpServer server = greeting()) {
            String said = curl(
                    "-i",
                    "--http1.1",
                    "-H",
                    "Connection: Upgrade",
                    "-H",
                    "Upgrade: websocket",
                    "-H",
                    "Sec-WebSocket-Version: 13",
                    "-H",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "http://" + server.endpoint() + "/");
            assertThat(said)
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .endsWith("\r\n\r\n\u0081\u0005hello\u0088\u0005\u0003\u00e8bye");
        }
    }

    @Test
    void anUrlOfWebSocketIsSpokenWhereCurlKnowsIt() throws Exception {
        assumeTrue(curl("--version").matches("(?s).*Protocols:[^\n]* ws .*"), "this curl has no ws://");
        try (HttpServer server = greeting()) {
            // curl 8 prints what a close frame carries, too.
            assertThat(curl("ws://" + server.endpoint() + "/")).startsWith("hello");
        }
    }
}
