package io.hawser.websocket.it;

import static io.hawser.internal.http2.PeerFrames.END_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpClient;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Proxy;
import io.hawser.http.ProxyConfig;
import io.hawser.http.Response;
import io.hawser.http.Upstream;
import io.hawser.http.UpstreamConfig;
import io.hawser.http.it.Http2Client;
import io.hawser.io.ExecutionMode;
import io.hawser.policy.RetryConfig;
import io.hawser.policy.WeightedEndpoint;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// WebSocket on streams of HTTP/2, with raw frames. Source: RFC 8441
class OverHttp2Test {
    private static HttpServer serve(SessionHandler handler) {
        WebSocketConfig config = WebSocketConfig.defaults().withSubprotocols("b", "c");
        return HttpServer.start(
                ListenConfig.on("127.0.0.1:0"),
                HttpConfig.defaults(),
                request -> request.path().equals("/ws")
                        ? WebSockets.accept(request, config, handler)
                        : Response.text("hello"));
    }

    private static byte[] connect(Http2Client client, int stream, String path, String... more) {
        String[] fields = new String[12 + more.length];
        List.of(
                        ":method",
                        "CONNECT",
                        ":protocol",
                        "websocket",
                        ":scheme",
                        "http",
                        ":authority",
                        "h",
                        ":path",
                        path,
                        "sec-websocket-version",
                        "13")
                .toArray(fields);
        System.arraycopy(more, 0, fields, 12, more.length);
        return client.frames.headers(stream, 0, fields);
    }

    /// A masked frame, the mask being all zeros.
    private static byte[] masked(int opcode, byte... payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) frame.put((byte) (0x80 | payload.length));
        else if (payload.length < 65_536) frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        else frame.put((byte) (0x80 | 127)).putLong(payload.length);
        frame.putInt(0).put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return masked(1, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] close(int code) {
        return masked(8, (byte) (code >> 8), (byte) code);
    }

    private static String unmasked(int opcode, String payload) {
        return (char) (0x80 | opcode) + String.valueOf((char) payload.length()) + payload;
    }

    private static String code(int code) {
        return String.valueOf((char) (code >> 8)) + (char) (code & 0xFF);
    }

    /// The next frame that is of a stream.
    private static String next(Http2Client client) throws IOException {
        String line = client.next();
        while (line.startsWith("SETTINGS") || line.startsWith("WINDOW_UPDATE")) line = client.next();
        return line;
    }

    @ParameterizedTest
    @EnumSource
    void messagesAreEchoedAndTheCloseIsAnswered(ExecutionMode mode) throws IOException {
        try (HttpServer server = serve(Web.echo(mode));
                Http2Client client = Http2Client.to(server.endpoint())) {
            client.send(connect(client, 1, "/ws", "sec-websocket-protocol", "a, b"));
            assertThat(next(client)).isEqualTo("HEADERS 1 :status=200 sec-websocket-protocol=b");
            for (int i = 0; i < 100; i++) {
                client.send(client.frames.frame(0, 0, 1, text("hello" + i)));
                assertThat(next(client)).isEqualTo("DATA 1 " + unmasked(1, "hello" + i));
            }
            assertThat(server.sessions().count()).isEqualTo(1);
            client.send(client.frames.frame(0, 0, 1, close(1000)));
            assertThat(next(client)).isEqualTo("DATA 1 " + unmasked(8, code(1000)));
            assertThat(next(client)).isEqualTo("DATA 1 END_STREAM ");
            client.send(client.frames.data(1, END_STREAM, ""), client.frames.get(3, "/"));
            assertThat(client.answer(3)).last().isEqualTo("DATA 3 END_STREAM hello");
        }
    }

    @Test
    void aCloseThatEndsItsStreamIsAnsweredWithAnEnd() throws IOException {
        try (HttpServer server = serve(Web.echo(ExecutionMode.VIRTUAL));
                Http2Client client = Http2Client.to(server.endpoint())) {
            client.send(connect(client, 1, "/ws"), client.frames.frame(0, END_STREAM, 1, close(1000)));
            assertThat(client.answer(1))
                    .containsExactly(
                            "HEADERS 1 :status=200", "DATA 1 " + unmasked(8, code(1000)), "DATA 1 END_STREAM ");
        }
    }

    @Test
    void manySessionsShareAConnectionWithRequests() throws IOException {
        try (HttpServer server = serve(Web.echo(ExecutionMode.VIRTUAL));
                Http2Client client = Http2Client.to(server.endpoint())) {
            for (int i = 0; i < 50; i++) client.send(connect(client, 2 * i + 1, "/ws"));
            for (int i = 0; i < 50; i++) assertThat(next(client)).contains(":status=200");
            client.send(client.frames.get(101, "/"));
            assertThat(client.answer(101)).last().isEqualTo("DATA 101 END_STREAM hello");
            server.sessions().broadcast(Message.text("all"));
            for (int i = 0; i < 50; i++) assertThat(next(client)).endsWith(unmasked(1, "all"));
        }
    }

    @Test
    void aLargeMessageGoesAsFarAsTheWindowsLet() throws IOException {
        byte[] content = "x".repeat(600_000).getBytes(StandardCharsets.US_ASCII);
        try (HttpServer server = serve(Web.echo(ExecutionMode.VIRTUAL));
                Http2Client client = Http2Client.to(server.endpoint())) {
            client.send(connect(client, 1, "/ws"));
            assertThat(next(client)).contains(":status=200");
            byte[] message = masked(2, content);
            int sent = 0;
            int allowed = 256 << 10;
            ByteArrayOutputStream echoed = new ByteArrayOutputStream();
            while (echoed.size() < content.length + 10) {
                while (sent < message.length && sent < allowed) {
                    int count = Math.min(16_000, Math.min(message.length, allowed) - sent);
                    client.send(client.frames.frame(0, 0, 1, Arrays.copyOfRange(message, sent, sent + count)));
                    sent += count;
                }
                String line = client.next();
                if (line.startsWith("WINDOW_UPDATE 1 ")) allowed += Integer.parseInt(line.substring(16));
                if (!line.startsWith("DATA 1 ")) continue;
                byte[] piece = line.substring(7).getBytes(StandardCharsets.ISO_8859_1);
                echoed.write(piece);
                client.send(client.frames.windowUpdate(0, piece.length), client.frames.windowUpdate(1, piece.length));
            }
            assertThat(echoed.toByteArray()).endsWith(content);
        }
    }

    @Test
    void aSessionThatIsBehindIsAllowedNoMore() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch handled = new CountDownLatch(400);
        SessionHandler handler = (session, message) -> {
            goOn.await();
            handled.countDown();
        };
        try (HttpServer server = serve(handler);
                Http2Client client = Http2Client.to(server.endpoint())) {
            client.send(connect(client, 1, "/ws"));
            assertThat(next(client)).contains(":status=200");
            byte[] message = client.frames.frame(0, 0, 1, masked(2, new byte[500]));
            for (int i = 0; i < 400; i++) client.send(message);
            client.send(client.frames.ping("all came"));
            String line = client.next();
            for (; !line.startsWith("PING ACK"); line = client.next()) {
                assertThat(line).doesNotStartWith("WINDOW_UPDATE 1 ");
            }
            goOn.countDown();
            while (!line.startsWith("WINDOW_UPDATE 1 ")) line = client.next();
            assertThat(handled.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsNoWebSocketIsNotMistakenForOne() throws IOException {
        try (HttpServer server = serve(Web.echo(ExecutionMode.VIRTUAL));
                Http2Client client = Http2Client.to(server.endpoint())) {
            client.send(connect(client, 1, "/"));
            assertThat(client.answer(1).getFirst()).startsWith("HEADERS 1 :status=501");
            client.send(client.frames.get(3, "/ws", "sec-websocket-version", "13"));
            assertThat(client.answer(3).getFirst()).startsWith("HEADERS 3 :status=426");
            client.send(connect(client, 5, "/ws", "origin", "http://elsewhere"));
            assertThat(client.answer(5).getFirst()).startsWith("HEADERS 5 :status=403");
            assertThat(next(client)).isEqualTo("RST_STREAM 5 0");
            client.send(connect(client, 7, "/ws", "origin", "http://h"));
            assertThat(next(client)).isEqualTo("HEADERS 7 :status=200");
        }
    }

    @Test
    void aResetIsTheEndOfTheSession() throws Exception {
        CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        SessionHandler handler = new SessionHandler() {
            @Override
            public void message(Session session, Message message) {}

            @Override
            public void closed(Session session, CloseReason reason) {
                closed.complete(reason);
            }
        };
        try (HttpServer server = serve(handler);
                Http2Client client = Http2Client.to(server.endpoint())) {
            client.send(connect(client, 1, "/ws"));
            assertThat(next(client)).contains(":status=200");
            client.send(client.frames.reset(1, 8));
            assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.LOST);
            assertThat(server.sessions().count()).isZero();
        }
    }

    @Test
    void aDrainClosesTheSessionsAndThenTheConnection() throws Exception {
        try (HttpServer server = serve(Web.echo(ExecutionMode.VIRTUAL));
                Http2Client client = Http2Client.to(server.endpoint())) {
            client.send(connect(client, 1, "/ws"));
            assertThat(next(client)).contains(":status=200");
            Future<?> drained = drain(server);
            String line = next(client);
            for (; !line.startsWith("DATA 1 END_STREAM"); line = next(client)) {
                if (line.startsWith("PING ")) client.send(client.frames.pong(line.substring(5)));
                if (line.startsWith("DATA 1 ")) {
                    assertThat(line).contains(code(1001));
                    client.send(client.frames.frame(0, END_STREAM, 1, close(1001)));
                }
            }
            while (!line.equals("END")) line = client.next();
            drained.get();
        }
    }

    private static Future<?> drain(HttpServer server) {
        CompletableFuture<Object> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> done.complete(server.drain(Duration.ofSeconds(30))));
        return done;
    }

    @Test
    void aGatewayAsksTheServerBehindInHttp1AndSpeaksFramesOnTheStream() throws IOException {
        UpstreamConfig once =
                UpstreamConfig.named("echo").withRetry(RetryConfig.defaults().withAttempts(1));
        try (HttpServer behind = serve(Web.echo(ExecutionMode.VIRTUAL));
                HttpClient calls = HttpClient.open();
                Proxy proxy = Proxy.to(
                        Upstream.over(calls, WeightedEndpoint.equally(List.of(behind.endpoint())), once),
                        ProxyConfig.defaults());
                HttpServer front = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), proxy);
                Http2Client client = Http2Client.to(front.endpoint())) {
            client.send(connect(client, 1, "/ws", "sec-websocket-protocol", "a, b"));
            assertThat(next(client))
                    .matches("HEADERS 1 :status=200( \\S+)* sec-websocket-protocol=b( \\S+)*")
                    .doesNotContain("accept");
            client.send(client.frames.frame(0, 0, 1, text("hello")));
            assertThat(next(client)).isEqualTo("DATA 1 " + unmasked(1, "hello"));
            client.send(client.frames.frame(0, 0, 1, close(1000)));
            assertThat(next(client)).isEqualTo("DATA 1 " + unmasked(8, code(1000)));
            assertThat(next(client)).isEqualTo("DATA 1 END_STREAM ");
            client.send(connect(client, 3, "/", "sec-websocket-protocol", "a, b"));
            assertThat(client.answer(3).getFirst()).startsWith("HEADERS 3 :status=501");
        }
    }
}
