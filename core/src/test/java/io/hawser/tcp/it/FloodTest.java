package io.hawser.tcp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.io.ExecutionMode;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.TcpServer;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Peers that send as fast as they can what costs them little, and read nothing: what is held for them stays
/// small, and others are served meanwhile.
@Timeout(120)
final class FloodTest {
    private static final int FLOODERS = 4;
    private static final int OTHERS_ECHOES = 200;
    private static final int CONNECTIONS = 2_000;
    private static final String UPGRADE = """
            GET /ws HTTP/1.1\r
            Host: h\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;
    private static final HexFormat HEX = HexFormat.of();

    @SuppressWarnings("ImmutableEnumChecker") // arrays that nobody writes to
    enum Flood {
        MSGI_PINGS("", "4d53474900000012000161616161616161ff"),
        MSGI_HEARTBEATS("", "4d5347490000000a0040"),
        MSGI_IGNORED("", "4d5347490000000c70000000"),
        MSGI_EMPTY_DATA("4d5347490000000a0010", "4d5347490000000a0010"),
        MSGI_SHORT_DATA("4d5347490000000a0010", "4d5347490000000b001061"),
        WEBSOCKET_PINGS(UPGRADE, "8984000000006162636489840000000061626364"),
        WEBSOCKET_PONGS(UPGRADE, "8a8000000000"),
        WEBSOCKET_SHORT_TEXTS(UPGRADE, "81810000000061"),
        WEBSOCKET_EMPTY_FRAGMENTS(UPGRADE + "\001\200\0\0\0\0", "008000000000"),
        WEBSOCKET_SHORT_FRAGMENTS(UPGRADE + "\001\200\0\0\0\0", "00810000000061"),
        HTTP_HEADS("GET / HTTP/1.1\r\nHost: h\r\n", "583a20790d0a"),
        HTTP_PIPELINED("", "474554202f20485454502f312e310d0a486f73743a20680d0a0d0a"),
        HTTP_EMPTY_LINES("", "0d0a0d0a");

        private final byte[] greeting;
        private final byte[] frame;

        Flood(String greeting, String frame) {
            boolean isHex = greeting.startsWith("4d");
            this.greeting = isHex ? HEX.parseHex(greeting) : greeting.getBytes(StandardCharsets.ISO_8859_1);
            this.frame = HEX.parseHex(frame);
        }
    }

    private static TcpServer serve() {
        SessionHandler echo =
                ((SessionHandler) (session, message) -> session.offer(message)).in(ExecutionMode.EVENT_LOOP);
        return TcpServer.start(
                ListenConfig.on("127.0.0.1:0"),
                List.of(
                        MessagingServer.protocol(MessagingConfig.defaults(), echo),
                        HttpServer.protocol(
                                HttpConfig.defaults(),
                                request -> WebSockets.accept(request, WebSocketConfig.defaults(), echo))));
    }

    @ParameterizedTest
    @EnumSource
    void aFloodIsHeldWithinItsBoundsAndOthersAreServedMeanwhile(Flood flood) throws Exception {
        try (TcpServer server = serve()) {
            AtomicLong sent = new AtomicLong();
            List<Socket> sockets = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < FLOODERS; i++) {
                Socket socket =
                        new Socket(server.endpoint().host(), server.endpoint().port());
                sockets.add(socket);
                threads.add(Thread.startVirtualThread(() -> pour(socket, flood, sent)));
            }
            try (Socket other =
                    new Socket(server.endpoint().host(), server.endpoint().port())) {
                serveOthers(other, flood.name());
                await().until(() ->
                        sent.get() > 100_000 || threads.stream().noneMatch(Thread::isAlive) || isStuck(sent));
                long queued = server.stats().protocols().stream()
                        .mapToLong(each -> each.traffic().queuedBytes())
                        .sum();
                assertThat(queued).isLessThan(FLOODERS * (2L << 20));
            }
            for (Socket socket : sockets) socket.close();
            for (Thread thread : threads) thread.join();
            await().until(() -> server.connectionCount() == 0);
        }
    }

    @Test
    void connectionsThatComeAndGoDisturbNobody() throws Exception {
        try (TcpServer server = serve()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < FLOODERS; i++) threads.add(Thread.startVirtualThread(() -> comeAndGo(server)));
            try (Socket other =
                    new Socket(server.endpoint().host(), server.endpoint().port())) {
                serveOthers(other, "CONNECTIONS");
                for (Thread thread : threads) thread.join();
                serveOthers(other, "AFTERWARDS");
            }
            await().until(() -> server.connectionCount() == 0);
        }
    }

    private static void comeAndGo(TcpServer server) {
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                try (Socket socket =
                        new Socket(server.endpoint().host(), server.endpoint().port())) {
                    socket.setSoLinger(true, 0);
                    if (i % 2 == 0) socket.getOutputStream().write("GET /".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// Each gets its echo. How long it took is written down for docs/reliability.md.
    private static void serveOthers(Socket other, String meanwhile) throws IOException {
        other.setSoTimeout(30_000);
        byte[] frame = HEX.parseHex("4d5347490000000b001061");
        long[] nanos = new long[OTHERS_ECHOES];
        for (int i = 0; i < OTHERS_ECHOES; i++) {
            long begun = System.nanoTime();
            other.getOutputStream().write(frame);
            assertThat(other.getInputStream().readNBytes(frame.length)).isEqualTo(frame);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        String line = "%s\t%d us\t%d us%n"
                .formatted(meanwhile, nanos[OTHERS_ECHOES / 2] / 1000, nanos[OTHERS_ECHOES * 99 / 100] / 1000);
        Path figures = Files.createDirectories(Path.of("target")).resolve("floods.tsv");
        Files.writeString(figures, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static boolean isStuck(AtomicLong sent) throws InterruptedException {
        long before = sent.get();
        Thread.sleep(500);
        return before > 0 && sent.get() == before;
    }

    private static void pour(Socket socket, Flood flood, AtomicLong sent) {
        int count = 1000;
        byte[] many = new byte[flood.frame.length * count];
        for (int i = 0; i < count; i++)
            System.arraycopy(flood.frame, 0, many, i * flood.frame.length, flood.frame.length);
        try {
            socket.getOutputStream().write(flood.greeting);
            while (true) {
                socket.getOutputStream().write(many);
                sent.addAndGet(count);
            }
        } catch (SocketException ended) {
            // by us at last, or by the server, which has had enough
        } catch (IOException impossible) {
            throw new IllegalStateException(Arrays.toString(flood.frame), impossible);
        }
    }
}
