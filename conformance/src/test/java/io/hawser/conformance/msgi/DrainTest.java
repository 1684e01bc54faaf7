package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.CONTROL;
import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.DISCONNECT;
import static io.hawser.conformance.msgi.MsgiPeer.PING;
import static io.hawser.conformance.msgi.MsgiPeer.PONG;
import static io.hawser.conformance.msgi.MsgiPeer.frame;
import static io.hawser.conformance.msgi.MsgiPeer.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.DrainReport;
import io.hawser.hub.Hub;
import io.hawser.io.ExecutionMode;
import io.hawser.io.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
final class DrainTest {
    private static final int CLIENTS = 8;
    private static final int PAYLOAD_BYTES = 1024;

    /// Sends numbered messages without end, and reads until the connection is closed.
    private static final class Client {
        private final MsgiPeer peer;
        private final AtomicInteger answered = new AtomicInteger();
        private final Thread writer = Thread.ofPlatform().unstarted(this::write);
        private final Thread reader = Thread.ofPlatform().unstarted(this::read);
        private volatile @Nullable Throwable failure = new AssertionError("the connection was not closed");

        Client(MsgiPeer peer) {
            this.peer = peer;
        }

        private void write() {
            try {
                byte[] payload = noise(PAYLOAD_BYTES);
                for (int number = 0; ; number++) {
                    ByteBuffer.wrap(payload).putInt(number);
                    peer.write(frame(DATA, payload));
                }
            } catch (IOException end) {
                // the hub has closed, as it should
            }
        }

        private void read() {
            try {
                while (true) {
                    MsgiPeer.Received next = peer.read();
                    if (next.type() == DATA) {
                        assertThat(ByteBuffer.wrap(next.payload()).getInt()).isEqualTo(answered.getAndIncrement());
                    } else {
                        assertThat(next.type()).isEqualTo(DISCONNECT);
                        assertThat(next.cbor().path("code").asInt()).isEqualTo(4501);
                        assertThat(next.cbor().path("retry").asInt()).isPositive();
                        peer.expectEnd();
                        failure = null;
                        return;
                    }
                }
            } catch (Throwable e) {
                failure = e;
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("io.hawser.conformance.msgi.Hubs#transportsAndModes")
    void underLoadNoAnswerIsMissingBeforeTheGoodbye(Transport transport, ExecutionMode mode) throws Exception {
        List<Client> clients = new ArrayList<>();
        try (Hub hub = Hubs.start(transport, mode)) {
            for (int i = 0; i < CLIENTS; i++) clients.add(new Client(MsgiPeer.connect(hub.endpoint())));
            for (Client client : clients) {
                client.reader.start();
                client.writer.start();
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> clients.stream().allMatch(client -> client.answered.get() > 100));

            DrainReport report = hub.drain(Duration.ofSeconds(25));

            assertThat(report.cut()).isZero();
            assertThat(report.completed()).isEqualTo(CLIENTS);
            for (Client client : clients) {
                client.reader.join();
                assertThat(client.failure)
                        .as("after %d answers", client.answered.get())
                        .isNull();
            }
        } finally {
            for (Client client : clients) {
                client.peer.close();
                client.writer.join();
                client.reader.join();
            }
        }
    }

    @Test
    void whoHasSaidHelloOrNothingYetIsToldToo() throws IOException {
        try (Hub hub = Hub.start(Hubs.echo());
                MsgiPeer greeted = MsgiPeer.connect(hub.endpoint());
                MsgiPeer undecided = MsgiPeer.connect(hub.endpoint())) {
            greeted.greet("x");
            undecided.write(frame(PING));
            assertThat(undecided.read().type()).isEqualTo(PONG);
            hub.drain(Duration.ofSeconds(25));
            assertThat(greeted.read().type()).as("goaway").isEqualTo(CONTROL);
            greeted.expectGoodbye(DISCONNECT, 4501);
            undecided.expectGoodbye(DISCONNECT, 4501);
        }
    }

    @Test
    void anIdleHubStopsAndItsPortIsFree() {
        int port;
        try (Hub hub = Hub.start(Hubs.echo())) {
            port = hub.endpoint().port();
            assertThat(hub.drain(Duration.ofSeconds(25))).isEqualTo(new DrainReport(0, 0));
            hub.drain(Duration.ofSeconds(25));
        }
        var again = Hubs.echo();
        try (Hub hub = Hub.start(again.withListen(
                again.listen().withEndpoint(again.listen().endpoint().withPort(port))))) {
            assertThat(hub.endpoint().port()).isEqualTo(port);
        }
    }
}
