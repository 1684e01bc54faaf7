package io.hawser.messaging.it;

import static io.hawser.messaging.it.RawPeer.code;
import static io.hawser.messaging.it.RawPeer.data;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.Tls;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoThreads;
import io.hawser.io.Transport;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectConfig;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EchoTest {
    private static final int MIB = 1 << 20;

    private static Message random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Message.binary(content);
    }

    private static void echoesEveryLength(MessagingClient client) {
        for (int size : new int[] {0, 1, 125, 126, 127, 1023, 65_535, 65_536, MIB}) {
            Receipt receipt = client.send(random(size));
            assertThat(client.receive()).isEqualTo(random(size));
            assertThat(receipt.await()).isEqualTo(Receipt.State.SENT);
        }
    }

    @ParameterizedTest
    @MethodSource("io.hawser.messaging.it.Servers#transportsAndModes")
    void everyLengthComesBackOnEachTransportInEachMode(Transport transport, ExecutionMode mode) {
        try (IoThreads io = Servers.start(transport);
                MessagingServer server =
                        MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), Servers.echo(mode), io);
                MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", server.endpoint()))) {
            echoesEveryLength(client);
        }
    }

    @ParameterizedTest
    @MethodSource("io.hawser.messaging.it.Servers#transportsAndModes")
    void throughTlsTheSame(Transport transport, ExecutionMode mode) {
        Tls tls = Tls.selfSigned();
        try (IoThreads io = Servers.start(transport);
                MessagingServer server = MessagingServer.start(
                        Servers.anyPort().withTls(tls), MessagingConfig.defaults(), Servers.echo(mode), io);
                MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", server.endpoint())
                        .withConnect(
                                ConnectConfig.defaults().withTls(Tls.client().withTrustPem(tls.certificatePem()))))) {
            echoesEveryLength(client);
        }
    }

    @ParameterizedTest
    @MethodSource("io.hawser.messaging.it.Servers#transportsAndModes")
    void aThousandFramesInOneWriteAreAnsweredInOrderAndAHalfCloseLosesNone(Transport transport, ExecutionMode mode)
            throws IOException {
        Frame[] frames = IntStream.range(0, 1000).mapToObj(i -> data("m" + i)).toArray(Frame[]::new);
        try (IoThreads io = Servers.start(transport);
                MessagingServer server =
                        MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), Servers.echo(mode), io);
                RawPeer peer = RawPeer.to(server.endpoint())) {
            peer.send(frames).endOutput();
            assertThat(peer.rest().stream()
                            .map(frame -> frame.payload().toUtf8())
                            .toList())
                    .isEqualTo(Stream.of(frames)
                            .map(frame -> frame.payload().toUtf8())
                            .toList());
            await().until(() -> server.connectionCount() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("io.hawser.messaging.it.Servers#transportsAndModes")
    void aPeerThatHasEndedItsSideGetsAllOfALongAnswer(Transport transport, ExecutionMode mode) throws IOException {
        assumeThat(mode).isNotEqualTo(ExecutionMode.EVENT_LOOP);
        int parts = 20;
        SessionHandler generous = (session, message) -> {
            for (int i = 0; i < parts; i++) session.send(Message.binary(new byte[MIB]));
        };
        try (IoThreads io = Servers.start(transport);
                MessagingServer server =
                        MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), generous.in(mode), io);
                RawPeer peer = RawPeer.to(server.endpoint())) {
            peer.send(data("go")).endOutput();
            assertThat(peer.rest()).hasSize(parts);
        }
    }

    @Test
    void aFrameCutAtEveryByteIsStillOne() throws IOException {
        Frame frame = data("cut me into pieces");
        byte[] wire = RawPeer.bytes(frame);
        try (MessagingServer server = MessagingServer.start(
                        Servers.anyPort(), MessagingConfig.defaults(), Servers.echo(ExecutionMode.EVENT_LOOP));
                RawPeer peer = RawPeer.to(server.endpoint())) {
            for (byte next : wire) peer.send(next);
            assertThat(peer.next()).contains(frame);
        }
    }

    @Test
    void badInputEndsItsConnectionWithTheErrorAndNoOther() throws IOException {
        try (MessagingServer server = MessagingServer.start(
                        Servers.anyPort(), MessagingConfig.defaults(), Servers.echo(ExecutionMode.VIRTUAL));
                RawPeer good = RawPeer.to(server.endpoint())) {
            for (String bad : List.of(
                    "4000 00112233445566778899",
                    "4001 4d53474900000009",
                    "4002 4d53474980000000",
                    "4003 4d5347490000000a1234",
                    "4004 4d5347490000000b0040")) {
                try (RawPeer peer = RawPeer.to(server.endpoint())) {
                    peer.send(data("first"));
                    peer.send(Bytes.ofHex(bad.substring(5)).toArray());
                    List<Frame> answers = peer.rest();
                    assertThat(answers).hasSize(2).startsWith(data("first"));
                    assertThat(answers.getLast().type()).isEqualTo(FrameType.ERROR);
                    assertThat(code(answers.getLast())).isEqualTo(Long.parseLong(bad.substring(0, 4)));
                }
                good.send(data("still here"));
                assertThat(good.next()).contains(data("still here"));
            }
        }
    }

    @Test
    void anotherProtocolIsClosedWithoutAnAnswer() throws IOException {
        try (MessagingServer server = MessagingServer.start(
                        Servers.anyPort(), MessagingConfig.defaults(), Servers.echo(ExecutionMode.VIRTUAL));
                RawPeer peer = RawPeer.to(server.endpoint())) {
            peer.send("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            assertThat(peer.rest()).isEmpty();
        }
    }
}
