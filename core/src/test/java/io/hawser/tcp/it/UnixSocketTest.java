package io.hawser.tcp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.io.IoConfig;
import io.hawser.io.IoThreads;
import io.hawser.io.Transport;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
final class UnixSocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Endpoint endpoint = Endpoint.of("localhost", 0);

    @BeforeEach
    void name() {
        endpoint = Endpoint.unix(folder.resolve("s.sock"));
    }

    private static void echoes(Endpoint endpoint) {
        try (MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", endpoint))) {
            for (String text : new String[] {"a", "b".repeat(300_000)}) {
                client.send(Message.text(text));
                assertThat(Deadline.within(PATIENCE, client::receive).text()).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aServerListensOnASocketInTheFileSystem(Transport transport) {
        CompletableFuture<Endpoint> remote = new CompletableFuture<>();
        try (IoThreads io = threads(transport);
                MessagingServer server = MessagingServer.start(
                        ListenConfig.on(endpoint),
                        MessagingConfig.defaults(),
                        (session, message) -> {
                            remote.complete(session.remote());
                            session.send(message);
                        },
                        io)) {
            assertThat(server.endpoint()).isEqualTo(endpoint);
            echoes(endpoint);
            assertThat(remote.join()).hasToString("unix:/");
            assertThat(server.drain(PATIENCE).cut()).isZero();
        }
        assertThat(Path.of(endpoint.host())).doesNotExist();
    }

    private static IoThreads threads(Transport transport) {
        try {
            return IoThreads.start(IoConfig.defaults().withThreads(1).withTransport(transport));
        } catch (StartupFailed e) {
            return Assumptions.abort(e.toString());
        }
    }

    private static MessagingServer echo(Endpoint endpoint) {
        return MessagingServer.start(
                ListenConfig.on(endpoint), MessagingConfig.defaults(), (session, message) -> session.send(message));
    }

    @Test
    void aSocketThatAKilledServerLeftBehindIsReplaced() throws IOException {
        // Closing the JDK's channel leaves the file, as a kill does.
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(endpoint.host()))
                .close();
        try (MessagingServer server = echo(endpoint)) {
            echoes(server.endpoint());
        }
    }

    @Test
    void aSocketInUseIsAFailedStartAndStaysInUse() {
        try (MessagingServer server = echo(endpoint)) {
            assertThatThrownBy(() -> echo(endpoint))
                    .isInstanceOf(StartupFailed.class)
                    .hasMessageContaining(endpoint.toString());
            echoes(server.endpoint());
        }
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws IOException {
        Files.writeString(Path.of(endpoint.host()), "precious");
        assertThatThrownBy(() -> echo(endpoint)).isInstanceOf(StartupFailed.class);
        assertThat(Path.of(endpoint.host())).hasContent("precious");
    }

    @Test
    void aSocketThatIsNotThereCannotBeConnectedTo() {
        assertThatThrownBy(() -> echoes(endpoint))
                .isInstanceOf(ConnectFailed.class)
                .hasMessageContaining(endpoint.toString());
    }
}
