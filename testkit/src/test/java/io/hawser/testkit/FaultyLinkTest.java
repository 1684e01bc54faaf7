package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Reconnect;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.tcp.ConnectionState;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The link itself, and MSGI over it: what the network does to a session is never a wrong or a lost message.
class FaultyLinkTest {
    private final MessagingServer server = MessagingServer.start(
            ListenConfig.on("127.0.0.1:0"), MessagingConfig.defaults(), (session, message) -> session.send(message));
    private FaultyLink link;

    @BeforeEach
    void open() throws IOException {
        link = FaultyLink.to(server.endpoint(), 42);
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    @Test
    void noFaultComesAfterLessThanNothing() {
        assertThatThrownBy(() -> new Fault.StallAfter(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.CutAfter(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.ResetAfter(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void framesCutIntoSingleBytesAndRandomPiecesAreEchoed() {
        link.towardsServer(new Fault.OneByteAtATime());
        link.towardsClient(new Fault.Pieces(7), new Fault.Delay(Duration.ofNanos(50_000)));
        try (MessagingClient client = client()) {
            for (int size : new int[] {0, 1, 9, 10, 11, 1000}) {
                client.send(Message.binary(new byte[size]));
                assertThat(receive(client).size()).isEqualTo(size);
            }
        }
    }

    @Test
    void aCutConnectionIsReplacedAndTheClientGoesOn() {
        link.towardsServer(new Fault.CutAfter(200));
        try (MessagingClient client = client()) {
            link.towardsServer();
            client.send(Message.binary(new byte[500]));
            await().until(() ->
                    client.lastCloseReason().filter(why -> why.code() == 1006).isPresent());
            await().until(() -> client.state() == ConnectionState.CONNECTED);
            client.send(Message.text("after"));
            assertThat(receive(client).text()).isEqualTo("after");
        }
    }

    @Test
    void aTurnedBitInAHeaderEndsTheSessionWithItsCode() {
        String hello = "?bid?ehello?fclientac"; // in CBOR, each head of a map or number being one byte
        link.towardsServer(new Fault.Corrupt(10 + hello.length(), 0x20));
        try (MessagingClient client = client()) {
            client.send(Message.text("x"));
            await().until(() -> client.state() == ConnectionState.CLOSED);
            assertThat(client.lastCloseReason().orElseThrow().code()).isEqualTo(4000);
        }
    }

    @Test
    void theEndOvertakesWhatWasSentJustBefore() throws Exception {
        link.towardsServer(new Fault.EndOvertakes(Duration.ofSeconds(2)));
        byte[] frame = HexFormat.of().parseHex("4d5347490000000b001061");
        try (Socket peer = new Socket(link.endpoint().host(), link.endpoint().port())) {
            peer.setSoTimeout(30_000);
            peer.getOutputStream().write(frame);
            assertThat(peer.getInputStream().readNBytes(frame.length)).isEqualTo(frame);
            peer.getOutputStream().write(frame);
            peer.shutdownOutput();
            assertThatThrownBy(() -> peer.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aResetIsSeenAndAStalledConnectionHoldsNobodyBeyondItsDeadline() {
        try (MessagingClient client = client()) {
            link.resetAll();
            await().until(() ->
                    client.lastCloseReason().filter(why -> why.code() == 1006).isPresent());
        }
        link.towardsClient(new Fault.StallAfter(0));
        assertThatThrownBy(this::client).isInstanceOf(ConnectFailed.class).hasMessageContaining("greeting");
    }

    @Test
    void aRefusedConnectionIsAnErrorThatMayBeTriedAgain() {
        link.refuse(true);
        assertThatThrownBy(this::client).isInstanceOfAny(ConnectFailed.class, ConnectionLost.class);
        link.refuse(false);
        try (MessagingClient client = client()) {
            assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(50), client::receive))
                    .isInstanceOf(DeadlineExceeded.class);
        }
    }

    private MessagingClient client() {
        return MessagingClient.open(MessagingClientConfig.to("c", link.endpoint())
                .withReconnect(Reconnect.defaults().withPauses(Duration.ofMillis(10), Duration.ofMillis(100))));
    }

    private static Message receive(MessagingClient client) {
        return Deadline.within(Duration.ofSeconds(30), client::receive);
    }
}
