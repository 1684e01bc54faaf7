package io.hawser.tcp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.internal.link.LinkMemory;
import io.hawser.io.ExecutionMode;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.MemoryShares;
import io.hawser.tcp.Protection;
import io.hawser.tcp.ShedCause;
import io.hawser.tcp.TcpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A hundredth of the heap, and peers that want more of it.
@Timeout(120)
final class MemorySharesTest {
    private static final int MIB = 1 << 20;
    private static final long SHARE = Runtime.getRuntime().maxMemory() / 100;
    private static final int MSGI_DATA = 0x10;
    private static final int MSGI_DISCONNECT = 0x50;

    private final List<Socket> peers = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (Socket peer : peers) peer.close();
    }

    /// @param shares other ones in each test, for equal ones count together
    private static TcpServer serve(MemoryShares shares, SessionHandler handler) {
        return TcpServer.start(
                ListenConfig.on("127.0.0.1:0")
                        .withProtection(Protection.defaults().withMemory(shares)),
                List.of(
                        MessagingServer.protocol(MessagingConfig.defaults(), handler.in(ExecutionMode.EVENT_LOOP)),
                        HttpServer.protocol(
                                HttpConfig.defaults().withKeptPaths(List.of("/health")),
                                request -> Response.text("well"))));
    }

    private Socket connect(TcpServer server) throws IOException {
        Socket peer = new Socket(server.endpoint().host(), server.endpoint().port());
        peer.setSoTimeout(30_000);
        peers.add(peer);
        return peer;
    }

    private static byte[] frame(int announced, int sent) {
        ByteBuffer frame = ByteBuffer.allocate(10 + sent);
        frame.put("MSGI".getBytes(StandardCharsets.US_ASCII))
                .putInt(10 + announced)
                .putShort((short) MSGI_DATA);
        return frame.array();
    }

    /// A peer that has sent most of a message of 1 MiB.
    private void begin(TcpServer server) throws IOException {
        connect(server).getOutputStream().write(frame(MIB - 1, 900_000));
    }

    private String get(TcpServer server, String path) throws IOException {
        Socket peer = connect(server);
        String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        peer.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(peer.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /// When all have gone, nothing of the shares is held.
    private void awaitNothingHeld(TcpServer server, MemoryShares shares) throws IOException {
        leave();
        LinkMemory memory = LinkMemory.of(shares);
        await().until(() -> server.connectionCount() == 0
                && memory.unfinished().heldBytes() == 0
                && memory.queued().heldBytes() == 0);
    }

    private static long cut(TcpServer server, ShedCause cause) {
        return server.stats().shed().getOrDefault(cause, 0L);
    }

    @Test
    void beforeTheShareIsUsedUpNewcomersAreToldToComeBack() throws IOException {
        MemoryShares shares = new MemoryShares(1, 49);
        try (TcpServer server = serve(shares, (session, message) -> session.offer(message))) {
            int most = (int) (SHARE / MIB);
            for (int i = 0; i < most; i++) begin(server);
            await().until(server::isShedding);
            String refused = get(server, "/");
            assertThat(refused).startsWith("HTTP/1.1 503 ").contains("\r\nRetry-After: ");
            assertThat(get(server, "/health")).startsWith("HTTP/1.1 200 ").endsWith("well");
            assertThat(cut(server, ShedCause.MEMORY)).isEqualTo(2);
            assertThat(cut(server, ShedCause.UNFINISHED)).isZero();
            // They may still end what they began.
            Socket first = peers.getFirst();
            first.getOutputStream().write(new byte[MIB - 1 - 900_000]);
            assertThat(first.getInputStream().readNBytes(10 + MIB - 1)).hasSize(10 + MIB - 1);
            awaitNothingHeld(server, shares);
            await().until(() -> get(server, "/").contains(" 200 "));
        }
    }

    @Test
    void overTheShareWhoHoldsTheMostIsCutAndTheOthersAreServed() throws IOException {
        MemoryShares shares = new MemoryShares(1, 50);
        try (TcpServer server = serve(shares, (session, message) -> session.offer(message))) {
            int most = (int) (SHARE / MIB);
            Socket small = connect(server);
            small.getOutputStream().write(frame(10, 5));
            // They are in, before anything is short.
            List<Socket> large = new ArrayList<>();
            for (int i = 0; i < 3 * most; i++) large.add(connect(server));
            await().until(() -> server.connectionCount() == 1 + large.size());
            for (Socket each : large) sendAsFarAsItIsTaken(each, frame(MIB - 1, 900_000));
            await().until(() -> cut(server, ShedCause.UNFINISHED) >= 2L * most);
            assertThat(cut(server, ShedCause.UNFINISHED)).isLessThanOrEqualTo(2 * most + 2);
            small.getOutputStream().write(new byte[5]);
            assertThat(small.getInputStream().readNBytes(20)).hasSize(20);
            assertThat(large.stream().filter(MemorySharesTest::isTold).count()).isPositive();
            await().until(() -> !server.isShedding() || get(server, "/health").contains(" 200 "));
            awaitNothingHeld(server, shares);
        }
    }

    private static void sendAsFarAsItIsTaken(Socket peer, byte... bytes) {
        try {
            peer.getOutputStream().write(bytes);
        } catch (IOException cutMeanwhile) {
            assertThat(peer.isConnected()).isTrue();
        }
    }

    /// Whether the peer got a DISCONNECT. One that was cut while it was sending may have lost it to a reset.
    private static boolean isTold(Socket peer) {
        try {
            peer.setSoTimeout(1);
            InputStream in = peer.getInputStream();
            byte[] head = in.readNBytes(10);
            return head.length == 10 && head[9] == MSGI_DISCONNECT;
        } catch (IOException resetOrStillThere) {
            return false;
        }
    }

    @Test
    void overTheShareOfQueuesWhoReadsNothingIsCutAndPublishersAreNot() throws IOException {
        byte[] large = new byte[256 << 10];
        SessionHandler flooding = (session, message) -> {
            if (message.size() == 1) session.offer(message);
            else for (int i = 0; i < 64; i++) session.offer(Message.binary(large));
        };
        MemoryShares shares = new MemoryShares(50, 1);
        try (TcpServer server = serve(shares, flooding)) {
            Socket reader = connect(server);
            reader.getOutputStream().write(frame(1, 1));
            assertThat(reader.getInputStream().readNBytes(11)).hasSize(11);
            int most = (int) (SHARE / MIB);
            List<Socket> deaf = new ArrayList<>();
            for (int i = 0; i < 8 * most; i++) deaf.add(connect(server));
            await().until(() -> server.connectionCount() == 1 + deaf.size());
            // Over and over: the operating system takes the first megabytes of each.
            for (int round = 0; round < 40 && cut(server, ShedCause.QUEUED) == 0; round++) {
                for (Socket each : deaf) sendAsFarAsItIsTaken(each, frame(2, 2));
            }
            await().until(() -> cut(server, ShedCause.QUEUED) > 0);
            reader.getOutputStream().write(frame(1, 1));
            assertThat(reader.getInputStream().readNBytes(11)).hasSize(11);
            awaitNothingHeld(server, shares);
        }
    }
}
