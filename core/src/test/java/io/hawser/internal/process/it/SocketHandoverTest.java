package io.hawser.internal.process.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.internal.process.SocketHandover;
import io.hawser.internal.tcp.HandedSockets;
import io.hawser.tcp.Framing;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.SocketOptions;
import io.hawser.tcp.TcpServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// One listening socket, and servers that are given it. Here they are in one process; a descriptor does not know.
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it passes no descriptors")
final class SocketHandoverTest {
    private Path folder;
    private SocketHandover handover;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createTempDirectory("hawser-");
        handover = SocketHandover.open(Endpoint.parse("127.0.0.1:0"), SocketOptions.defaults(), folder);
    }

    @AfterEach
    void close() throws IOException {
        handover.close();
        Files.deleteIfExists(folder.resolve("listen.sock"));
        Files.delete(folder);
    }

    private TcpServer server(String name) {
        HandedSockets.put(handover.endpoint(), SocketHandover.receive(folder));
        return TcpServer.start(
                ListenConfig.on(handover.endpoint()), Framing.lines(100), (connection, line) -> connection.send(name));
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(handover.endpoint().host(), handover.endpoint().port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write("?\n".getBytes(StandardCharsets.UTF_8));
        StringBuilder answer = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\n';
                c = socket.getInputStream().read()) {
            if (c < 0) throw new IOException("it ended");
            answer.append((char) c);
        }
        return answer.toString();
    }

    @Test
    void whoConnectsBeforeThereIsAServerIsServedByTheFirst() throws IOException {
        try (Socket early = connect();
                TcpServer server = server("a")) {
            assertThat(server.endpoint()).isEqualTo(handover.endpoint());
            assertThat(ask(early)).isEqualTo("a");
        }
    }

    @Test
    void allServersAcceptFromOneQueueAndOneThatGoesTakesNothingWithIt() throws IOException {
        try (TcpServer first = server("a")) {
            try (TcpServer second = server("b")) {
                Set<String> seen = new HashSet<>();
                for (int i = 0; i < 10_000 && seen.size() < 2; i++) {
                    try (Socket socket = connect()) {
                        seen.add(ask(socket));
                    }
                }
                assertThat(seen).containsExactlyInAnyOrder("a", "b");
                assertThat(second.isRunning()).isTrue();
            }
            for (int i = 0; i < 20; i++) {
                try (Socket socket = connect()) {
                    assertThat(ask(socket)).isEqualTo("a");
                }
            }
            assertThat(first.isRunning()).isTrue();
        }
        try (Socket waiting = connect();
                TcpServer next = server("c")) {
            assertThat(ask(waiting)).isEqualTo("c");
            assertThat(next.isRunning()).isTrue();
        }
    }

    @Test
    void aPortInUseIsSaidWithItsName() {
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(() -> SocketHandover.open(handover.endpoint(), SocketOptions.defaults(), folder))
                .withMessageContaining(handover.endpoint().toString());
    }
}
