package io.hawser.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.Endpoint;
import io.hawser.SessionClosed;
import io.hawser.io.ExecutionMode;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Encryption;
import io.hawser.messaging.KeyRing;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Signing;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectionState;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineConnectionTest {
    private static MessagingConfig config(int seed) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) seed);
        KeyRing keys = KeyRing.of("k" + seed, secret);
        return MessagingConfig.defaults()
                .withPipeline(Pipeline.of(
                        Compression.deflate(),
                        Encryption.aes256Gcm(keys),
                        Signing.hmacSha256(KeyRing.of("s", secret))));
    }

    private static MessagingClientConfig to(Endpoint endpoint, MessagingConfig config) {
        return Servers.quick(MessagingClientConfig.to("c", endpoint).withMessaging(config));
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfEveryLengthComeBackThroughAllStages(ExecutionMode mode) {
        MessagingConfig config = config(1);
        try (MessagingServer server = MessagingServer.start(Servers.anyPort(), config, Servers.echo(mode));
                MessagingClient client = MessagingClient.open(to(server.endpoint(), config))) {
            for (int size : new int[] {0, 1, 255, 256, 1023, 65_536, 1 << 20}) {
                client.send(Message.text("x".repeat(size)));
                assertThat(client.receive().text()).hasSize(size);
            }
        }
    }

    @Test
    void anotherKeyIsRefusedInTheGreeting() {
        try (MessagingServer server =
                MessagingServer.start(Servers.anyPort(), config(1), Servers.echo(ExecutionMode.VIRTUAL))) {
            assertThatExceptionOfType(SessionClosed.class)
                    .isThrownBy(() -> MessagingClient.open(to(server.endpoint(), config(2))))
                    .satisfies(e -> assertThat(e.code()).isBetween(4000, 4499));
        }
    }

    /// Passes on everything, and on demand turns over one bit of what the client sends.
    private static final class Tamperer implements AutoCloseable {
        private final ServerSocket listening;
        private final AtomicBoolean tampers = new AtomicBoolean();

        Tamperer(Endpoint server) throws IOException {
            listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            Thread.startVirtualThread(() -> accept(server));
        }

        private void accept(Endpoint server) {
            try {
                while (true) {
                    Socket client = listening.accept();
                    Socket behind = new Socket(server.host(), server.port());
                    Thread.startVirtualThread(() -> copy(client, behind, true));
                    Thread.startVirtualThread(() -> copy(behind, client, false));
                }
            } catch (IOException closed) {
                // the test is over
            }
        }

        private void copy(Socket from, Socket to, boolean upstream) {
            byte[] buffer = new byte[8192];
            try (from;
                    to;
                    InputStream in = from.getInputStream()) {
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    if (upstream && tampers.compareAndSet(true, false)) buffer[read - 1] ^= 1;
                    to.getOutputStream().write(buffer, 0, read);
                }
            } catch (IOException closed) {
                // one side is gone, and takes the other with it
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    @Test
    void aMessageThatWasTamperedWithNeverReachesTheHandlerAndEndsTheConnection() throws IOException {
        MessagingConfig config = config(1);
        List<String> told = new CopyOnWriteArrayList<>();
        SessionHandler handler = new SessionHandler() {
            @Override
            public void message(Session session, Message message) {
                told.add(message.text());
            }

            @Override
            public void closed(Session session, CloseReason reason) {
                told.add("closed " + reason.code() / 100);
            }
        };
        try (MessagingServer server = MessagingServer.start(Servers.anyPort(), config, handler);
                Tamperer proxy = new Tamperer(server.endpoint());
                MessagingClient client =
                        MessagingClient.open(to(Endpoint.of("127.0.0.1", proxy.listening.getLocalPort()), config))) {
            client.send(Message.text("good"));
            await().until(() -> told.equals(List.of("good")));
            proxy.tampers.set(true);
            client.send(Message.text("tampered"));
            await().until(() -> told.equals(List.of("good", "closed 40")));
            await().until(() -> client.state() == ConnectionState.CLOSED);
            assertThat(client.lastCloseReason().orElseThrow().code()).isBetween(4000, 4499);
        }
    }
}
