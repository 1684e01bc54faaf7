package io.hawser.conformance.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.io.ExecutionMode;
import io.hawser.session.Message;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Text, binary, fragmented, compressed and 16 MiB messages, exchanged with what others use.
@Timeout(300)
class ForeignPeersTest {
    private static final int MOST = 16 << 20;
    private static final WebSocketConfig CONFIG = WebSocketConfig.defaults()
            .withMaxMessageBytes(MOST)
            .withMaxFrameBytes(2 * MOST)
            .withDeflate(Deflate.defaults().withTakeover(true, true));

    @ParameterizedTest
    @EnumSource
    void theirClientsFindNoFaultWithOurServer(ForeignPeer foreign) throws Exception {
        for (ExecutionMode mode : ExecutionMode.values()) {
            SessionHandler echo = (session, message) -> {
                if (mode == ExecutionMode.EVENT_LOOP) session.offer(message);
                else session.send(message);
            };
            try (HttpServer server = HttpServer.start(
                    ListenConfig.on("127.0.0.1:0"),
                    HttpConfig.defaults(),
                    request -> WebSockets.accept(request, CONFIG, echo.in(mode)))) {
                Process client = foreign.start("client", "ws://" + server.endpoint() + "/");
                String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(output).isEqualToIgnoringNewLines("ok");
                assertThat(client.exitValue()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ourClientFindsNoFaultWithTheirServers(ForeignPeer foreign) throws Exception {
        Process server = foreign.start("server");
        try (BufferedReader said = server.inputReader()) {
            String uri = "ws://127.0.0.1:" + said.readLine() + "/";
            for (WebSocketConfig config : List.of(
                    CONFIG,
                    WebSocketConfig.defaults().withMaxMessageBytes(MOST),
                    CONFIG.withDeflate(Deflate.defaults().withMinBytes(0)),
                    WebSocketConfig.defaults().withMaxMessageBytes(MOST).withFragmentBytes(1000))) {
                exchange(WebSocketClientConfig.to(uri).withWebSocket(config));
            }
        } finally {
            server.getOutputStream().close();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void exchange(WebSocketClientConfig config) {
        byte[] noise = new byte[MOST];
        new Random(5).nextBytes(noise);
        try (WebSocket client = WebSockets.connect(config)) {
            for (Message message : List.of(
                    Message.text("hello"),
                    Message.text(""),
                    Message.text("κόσμε, and text that is long enough to be worth compressing, ".repeat(40)),
                    Message.binary(Bytes.wrap(noise).slice(0, 300)),
                    Message.binary(Bytes.wrap(noise)),
                    Message.text("x".repeat(MOST)))) {
                client.send(message);
                assertThat(client.receive().equals(message)).isTrue();
            }
        }
    }
}
