package io.hawser.tcp.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.SessionClosed;
import io.hawser.Tls;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.Connection;
import io.hawser.tcp.ConnectionHandler;
import io.hawser.tcp.ConnectionState;
import io.hawser.tcp.Framing;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protection;
import io.hawser.tcp.Protocol;
import io.hawser.tcp.TcpClient;
import io.hawser.tcp.TcpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"try", "AddressSelection"}) // closing in the middle is tested; loopback has one address
class FramedConnectionTest {
    private static final ListenConfig ANY_PORT = ListenConfig.on("127.0.0.1:0");

    private static <F> ConnectionHandler<F> echo() {
        return (connection, frame) -> connection.send(frame);
    }

    static Stream<Framing<Bytes>> framings() {
        return Stream.of(
                Framing.lengthPrefix(1, 255),
                Framing.lengthPrefix(2, 65_535),
                Framing.lengthPrefix(4, 1 << 20),
                Framing.delimiter(Bytes.ofUtf8("\r\n"), 1 << 20));
    }

    private static void echoes(Connection<Bytes> connection, Framing<Bytes> framing) {
        for (int size : new int[] {0, 1, 125, 126, 127, 255, 1023, 65_535, 65_536, 1 << 20}) {
            Bytes frame = Bytes.wrap(new byte[size]);
            try {
                var _ = framing.encodedSize(frame);
            } catch (RuntimeException tooLong) {
                return;
            }
            connection.send(frame);
            assertThat(connection.receive()).isEqualTo(frame);
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void framesOfEveryLengthComeBack(Framing<Bytes> framing) {
        try (TcpServer server = TcpServer.start(ANY_PORT, framing, echo());
                Connection<Bytes> connection = TcpClient.connect(server.endpoint(), framing)) {
            echoes(connection, framing);
            assertThat(connection.state()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(connection.remote()).isEqualTo(server.endpoint());
            assertThat(connection.local().port()).isPositive();
        }
    }

    @Test
    void throughTlsTheSame() {
        Framing<Bytes> framing = Framing.lengthPrefix(4, 1 << 20);
        Tls tls = Tls.selfSigned();
        try (TcpServer server = TcpServer.start(ANY_PORT.withTls(tls), framing, echo());
                Connection<Bytes> connection = TcpClient.connect(
                        server.endpoint(),
                        framing,
                        ConnectConfig.defaults().withTls(Tls.client().withTrustPem(tls.certificatePem())),
                        ConnectionLimits.defaults())) {
            echoes(connection, framing);
        }
    }

    @ParameterizedTest
    @EnumSource
    void linesComeBackInOrderInEachMode(ExecutionMode mode) throws IOException {
        ConnectionHandler<String> shouting = (connection, line) -> connection.offer(line + "!");
        try (TcpServer server = TcpServer.start(ANY_PORT, Framing.lines(100), shouting.in(mode));
                Socket peer = new Socket("127.0.0.1", server.endpoint().port())) {
            StringBuilder said = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 1000; i++) {
                said.append(i).append("\r\n");
                expected.append(i).append("!\n");
            }
            peer.getOutputStream().write(said.toString().getBytes(UTF_8));
            peer.shutdownOutput();
            assertThat(new String(peer.getInputStream().readAllBytes(), UTF_8)).isEqualTo(expected.toString());
        }
    }

    /// As lines, but each is written in two halves, between which whoever writes lets others run.
    private record InHalves(Framing<String> lines) implements Framing<String> {
        @Override
        public int decode(ByteBuffer input, int seen, Consumer<? super String> output) {
            return lines.decode(input, seen, output);
        }

        @Override
        public int encodedSize(String frame) {
            return lines.encodedSize(frame);
        }

        @Override
        @SuppressWarnings("ThreadPriorityCheck")
        public void encode(String frame, ByteBuffer output) {
            byte[] bytes = (frame + "\n").getBytes(UTF_8);
            output.put(bytes, 0, bytes.length / 2);
            Thread.yield();
            output.put(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatManyThreadsOfAHandlerSendIsWholeAndInTheOrderOfEach(ExecutionMode mode) throws IOException {
        int threads = 8;
        int each = 200;
        ConnectionHandler<String> sending = (connection, line) -> {
            for (int thread = 0; thread < threads; thread++) {
                String name = "thread " + thread + " says ";
                Thread.startVirtualThread(() -> {
                    for (int i = 0; i < each; i++) connection.send(name + i);
                });
            }
        };
        try (TcpServer server = TcpServer.start(ANY_PORT, new InHalves(Framing.lines(100)), sending.in(mode));
                Socket peer = new Socket("127.0.0.1", server.endpoint().port())) {
            peer.setSoTimeout(30_000);
            peer.getOutputStream().write("go\n".getBytes(UTF_8));
            BufferedReader lines = new BufferedReader(new InputStreamReader(peer.getInputStream(), UTF_8));
            int[] next = new int[threads];
            for (int i = 0; i < threads * each; i++) {
                String line = lines.readLine();
                assertThat(line).matches("thread [0-7] says \\d+");
                int thread = line.charAt(7) - '0';
                assertThat(line).isEqualTo("thread " + thread + " says " + next[thread]++);
            }
        }
    }

    /// Fixed blocks of 3 bytes, in one's own framing.
    private static final class Blocks implements Framing<Bytes> {
        @Override
        public int decode(ByteBuffer input, int seen, Consumer<? super Bytes> output) {
            if (input.remaining() < 3) return 0;
            if (input.get(input.position()) == 'x') throw new IllegalArgumentException("no x here, says a test");
            byte[] block = new byte[3];
            input.get(block);
            output.accept(Bytes.wrap(block));
            return 3;
        }

        @Override
        public int encodedSize(Bytes frame) {
            return 3;
        }

        @Override
        public void encode(Bytes frame, ByteBuffer output) {
            frame.copyTo(output);
        }
    }

    /// As lines, and asserts that there is something to look at.
    private record Particular(Framing<String> lines) implements Framing<String> {
        @Override
        public int decode(ByteBuffer input, int seen, Consumer<? super String> output) {
            if (!input.hasRemaining()) throw new IllegalStateException("nothing to decode");
            return lines.decode(input, seen, output);
        }

        @Override
        public int encodedSize(String frame) {
            return lines.encodedSize(frame);
        }

        @Override
        public void encode(String frame, ByteBuffer output) {
            lines.encode(frame, output);
        }
    }

    @Test
    void aProxyHeaderThatComesAloneIsNothingToDecode() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        ConnectionHandler<String> handler = new ConnectionHandler<>() {
            @Override
            public void opened(Connection<String> connection) {
                opened.countDown();
            }

            @Override
            public void received(Connection<String> connection, String line) {
                connection.send(connection.remote() + " says " + line);
            }
        };
        ListenConfig proxied = ANY_PORT.withProtection(Protection.defaults().withProxies(from -> true));
        try (TcpServer server = TcpServer.start(proxied, new Particular(Framing.lines(100)), handler);
                Socket peer = new Socket("127.0.0.1", server.endpoint().port())) {
            peer.setSoTimeout(30_000);
            peer.getOutputStream().write("PROXY TCP4 192.0.2.7 192.0.2.8 4711 80\r\n".getBytes(UTF_8));
            assertThat(opened.await(30, TimeUnit.SECONDS)).isTrue();
            peer.getOutputStream().write("hello\n".getBytes(UTF_8));
            BufferedReader lines = new BufferedReader(new InputStreamReader(peer.getInputStream(), UTF_8));
            assertThat(lines.readLine()).isEqualTo("192.0.2.7:4711 says hello");
        }
    }

    @Test
    void aLimitBelowOneIsRefusedAndThoseBeforeStay() throws IOException {
        try (TcpServer server = TcpServer.start(ANY_PORT, Framing.lines(10), echo())) {
            assertThatIllegalArgumentException().isThrownBy(() -> server.limits(0, Map.of()));
            assertThatIllegalArgumentException().isThrownBy(() -> server.limits(1, Map.of("tcp", 0)));
            try (Connection<String> connection = TcpClient.connect(server.endpoint(), Framing.lines(10))) {
                connection.send("1");
                assertThat(connection.receive()).isEqualTo("1");
                server.limits(10, Map.of("tcp", 1));
                try (Socket refused = new Socket("127.0.0.1", server.endpoint().port())) {
                    assertThat(refused.getInputStream().readAllBytes()).isEmpty();
                }
            }
        }
    }

    @Test
    void aFramingOfOnesOwnCutsEncodesAndRefuses() throws Exception {
        CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        ConnectionHandler<Bytes> handler = new ConnectionHandler<>() {
            @Override
            public void received(Connection<Bytes> connection, Bytes frame) {
                connection.send(frame);
            }

            @Override
            public void closed(Connection<Bytes> connection, CloseReason reason) {
                closed.complete(reason);
            }
        };
        try (TcpServer server = TcpServer.start(ANY_PORT, new Blocks(), handler);
                Socket peer = new Socket("127.0.0.1", server.endpoint().port())) {
            peer.getOutputStream().write("abcdefxyz".getBytes(UTF_8));
            assertThat(peer.getInputStream().readAllBytes()).isEqualTo("abcdef".getBytes(UTF_8));
            assertThat(closed.get(30, TimeUnit.SECONDS).code()).isEqualTo(4004);
        }
    }

    @Test
    void whatWasSentBeforeTheCloseArrivesAndThenTheEndAsANormalOne() {
        List<String> received = new CopyOnWriteArrayList<>();
        ConnectionHandler<String> handler = new ConnectionHandler<>() {
            @Override
            public void received(Connection<String> connection, String line) {
                received.add(line);
            }

            @Override
            public void closed(Connection<String> connection, CloseReason reason) {
                received.add("closed " + reason);
            }
        };
        try (TcpServer server = TcpServer.start(ANY_PORT, Framing.lines(100), handler)) {
            Connection<String> connection = TcpClient.connect(server.endpoint(), Framing.lines(100));
            for (int i = 0; i < 300; i++) connection.send("" + i);
            connection.close();
            assertThatExceptionOfType(SessionClosed.class).isThrownBy(() -> connection.send("late"));
            await().until(() -> received.size() == 301);
            assertThat(received).startsWith("0", "1").endsWith("299", "closed 1000");
            await().until(() -> connection.state() == ConnectionState.CLOSED && server.connectionCount() == 0);
        }
    }

    @Test
    void aReceiverGetsAllThatCameAndThenTheEnd() {
        ConnectionHandler<String> counting = new ConnectionHandler<>() {
            @Override
            public void opened(Connection<String> connection) {
                for (int i = 0; i < 500; i++) connection.send("" + i);
                connection.close();
            }

            @Override
            public void received(Connection<String> connection, String line) {}
        };
        try (TcpServer server = TcpServer.start(ANY_PORT, Framing.lines(100), counting);
                Connection<String> connection = TcpClient.connect(server.endpoint(), Framing.lines(100))) {
            for (int i = 0; i < 500; i++) assertThat(connection.receive()).isEqualTo("" + i);
            assertThatExceptionOfType(SessionClosed.class).isThrownBy(connection::receive);
            assertThatExceptionOfType(SessionClosed.class).isThrownBy(connection::receive);
        }
    }

    @Test
    void aReceiverStopsAtItsDeadlineWhenInterruptedAndWhenTheConnectionIsCut() throws Exception {
        try (TcpServer server = TcpServer.start(ANY_PORT, Framing.lines(100), (connection, line) -> {});
                Connection<String> connection = TcpClient.connect(server.endpoint(), Framing.lines(100))) {
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> Deadline.within(Duration.ofMillis(50), connection::receive));
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread receiver = receiving(connection, ended);
            receiver.interrupt();
            assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(Cancelled.class);
            CompletableFuture<Throwable> cut = new CompletableFuture<>();
            var _ = receiving(connection, cut);
            connection.abort();
            assertThat(cut.get(30, TimeUnit.SECONDS)).isInstanceOf(SessionClosed.class);
        }
    }

    private static Thread receiving(Connection<String> connection, CompletableFuture<Throwable> ended) {
        return Thread.startVirtualThread(() -> {
            try {
                String line = connection.receive();
                ended.complete(new AssertionError("received " + line));
            } catch (RuntimeException e) {
                ended.complete(e);
            }
        });
    }

    @Test
    void aConnectionWithAHandlerCannotBeReceivedFrom() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        ConnectionHandler<String> handler = (connection, line) -> answer.complete(line);
        try (TcpServer server = TcpServer.start(ANY_PORT, Framing.lines(100), echo());
                Connection<String> connection = TcpClient.connect(
                        server.endpoint(),
                        Framing.lines(100),
                        ConnectConfig.defaults(),
                        ConnectionLimits.defaults(),
                        handler)) {
            assertThatIllegalStateException().isThrownBy(connection::receive);
            connection.send("hi");
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("hi");
        }
    }

    @Test
    void anotherConnectionGoesOnWhenOneSendsTooLongALine() throws IOException {
        try (TcpServer server = TcpServer.start(ANY_PORT, Framing.lines(10), echo());
                Connection<String> good = TcpClient.connect(server.endpoint(), Framing.lines(100));
                Socket bad = new Socket("127.0.0.1", server.endpoint().port())) {
            bad.getOutputStream().write("this is far too long".getBytes(UTF_8));
            assertThat(bad.getInputStream().readAllBytes()).isEmpty();
            good.send("fine");
            assertThat(good.receive()).isEqualTo("fine");
        }
    }

    @Test
    void fullItClosesNewConnectionsAndTakesThemAgainWhenThereIsRoom() throws IOException {
        try (TcpServer server = TcpServer.start(ANY_PORT.withMaxConnections(1), Framing.lines(10), echo());
                Connection<String> first = TcpClient.connect(server.endpoint(), Framing.lines(10))) {
            first.send("1");
            assertThat(first.receive()).isEqualTo("1");
            for (int i = 0; i < 5; i++) {
                try (Socket refused = new Socket("127.0.0.1", server.endpoint().port())) {
                    assertThat(refused.getInputStream().readAllBytes()).isEmpty();
                }
            }
            first.close();
            await().until(() -> server.connectionCount() == 0);
            try (Connection<String> second = TcpClient.connect(server.endpoint(), Framing.lines(10))) {
                second.send("2");
                assertThat(second.receive()).isEqualTo("2");
            }
        }
    }

    @Test
    void whereNobodyListensTheConnectFails() {
        TcpServer gone = TcpServer.start(ANY_PORT, Framing.lines(10), echo());
        gone.close();
        assertThatExceptionOfType(ConnectFailed.class)
                .isThrownBy(() -> TcpClient.connect(gone.endpoint(), Framing.lines(10)));
    }

    @Test
    void severalProtocolsOnOnePortAreToldApartAndTheLastTakesTheRest() throws IOException {
        ConnectionHandler<String> last = (connection, line) -> connection.send("line " + line);
        Protocol msgi =
                MessagingServer.protocol(MessagingConfig.defaults(), (session, message) -> session.send(message));
        Protocol lines = Protocol.framed(Framing.lines(100), ConnectionLimits.defaults(), last);
        try (TcpServer server = TcpServer.start(ANY_PORT, List.of(msgi, lines));
                Connection<Frame> frames = TcpClient.connect(server.endpoint(), Frame.framing(100));
                Connection<String> text = TcpClient.connect(server.endpoint(), Framing.lines(100))) {
            var frame = new Frame(FrameType.DATA, Bytes.ofUtf8("hi"));
            frames.send(frame);
            assertThat(frames.receive()).isEqualTo(frame);
            text.send("MSG is no MSGI");
            assertThat(text.receive()).isEqualTo("line MSG is no MSGI");
        }
    }
}
