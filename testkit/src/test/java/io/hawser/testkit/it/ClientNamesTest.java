package io.hawser.testkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Resolver;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpPoolConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpTimeouts;
import io.hawser.http.Response;
import io.hawser.tcp.Connection;
import io.hawser.tcp.Framing;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.TcpClient;
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Names that change, and addresses that lead nowhere.
@EnabledOnOs(value = OS.LINUX, disabledReason = "all of 127.0.0.0/8 is this machine only there")
class ClientNamesTest {
    private static final InetAddress FIRST = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress SECOND = InetAddress.ofLiteral("127.0.0.2");

    private static HttpClientConfig config(Resolver resolver) {
        HttpClientConfig config = HttpClientConfig.defaults();
        return config.withConnect(config.connect().withResolver(resolver));
    }

    private static HttpServer serve(InetAddress address, int port, String text) {
        return HttpServer.start(
                ListenConfig.on(address.getHostAddress() + ":" + port),
                io.hawser.http.HttpConfig.defaults(),
                request -> Response.text(text));
    }

    @Test
    void trafficMovesToANewAddressWithinTheMaximumAge() throws Exception {
        AtomicReference<InetAddress> address = new AtomicReference<>(FIRST);
        HttpClientConfig config = config(host -> List.of(address.get()))
                .withPool(HttpPoolConfig.defaults().withAge(Duration.ofMillis(300)));
        try (HttpServer first = serve(FIRST, 0, "first");
                HttpServer second = serve(SECOND, first.endpoint().port(), "second");
                HttpClient client = HttpClient.open(config)) {
            String url = "http://moving.invalid:" + second.endpoint().port() + "/";
            assertThat(client.get(url).text()).isEqualTo("first");
            address.set(SECOND);
            await().until(() -> client.get(url).text().equals("second"));
        }
    }

    /// A port whose queue of new connections is full: what is sent there vanishes.
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket listening;
        private final List<Socket> filling = new ArrayList<>();

        BlackHole(InetAddress address, int port) throws IOException {
            listening = new ServerSocket(port, 1, address);
            for (int i = 0; i < 16; i++) {
                Socket socket = new Socket();
                filling.add(socket);
                try {
                    socket.connect(listening.getLocalSocketAddress(), 200);
                } catch (IOException full) {
                    return;
                }
            }
            throw new IOException("the queue does not fill");
        }

        int port() {
            return listening.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : filling) socket.close();
            listening.close();
        }
    }

    @Test
    void anAddressThatLeadsNowhereDoesNotHoldUpTheNext() throws Exception {
        HttpClientConfig config = config(host -> List.of(SECOND, FIRST));
        HttpClientConfig patient = config.withConnect(config.connect().withTimeout(Duration.ofMinutes(2)));
        try (BlackHole hole = new BlackHole(SECOND, 0);
                HttpServer server = serve(FIRST, hole.port(), "alive");
                HttpClient client = HttpClient.open(patient)) {
            // Without the race, this would take the two minutes.
            assertThat(client.get("http://half-dead.invalid:"
                                    + server.endpoint().port())
                            .timeout(Duration.ofSeconds(60))
                            .text())
                    .isEqualTo("alive");
        }
    }

    @Test
    void whatAServerSaysFirstIsNotLost() throws Exception {
        Script greeting = Script.of().send("welcome\n").readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(greeting)) {
            for (int i = 0; i < 200; i++) {
                try (Connection<String> connection = TcpClient.connect(peer.endpoint(), Framing.lines(100))) {
                    String first = Deadline.within(Duration.ofSeconds(30), connection::receive);
                    assertThat(first).isEqualTo("welcome");
                }
            }
        }
    }

    @Test
    void aConnectThatTakesTooLongIsGivenUpByName() throws Exception {
        HttpClientConfig config = config(host -> List.of(SECOND));
        HttpClientConfig brief = config.withConnect(config.connect().withTimeout(Duration.ofMillis(300)));
        try (BlackHole hole = new BlackHole(SECOND, 0);
                HttpClient client = HttpClient.open(brief)) {
            String url = "http://dead.invalid:" + hole.port();
            assertThatThrownBy(() -> client.get(url).text())
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageContaining("a connection to http://dead.invalid");
        }
    }

    @Test
    void aNameThatTakesTooLongIsGivenUpByName() {
        CountDownLatch never = new CountDownLatch(1);
        Resolver slow = host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
        HttpClientConfig brief =
                config(slow).withTimeouts(HttpTimeouts.defaults().withDns(Duration.ofMillis(200)));
        try (HttpClient client = HttpClient.open(brief)) {
            assertThatThrownBy(() -> client.get("http://slow.invalid/").text())
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageContaining("the addresses of slow.invalid");
        } finally {
            never.countDown();
        }
    }

    @Test
    void aNameThatDoesNotExistIsSaid() {
        Resolver none = host -> {
            throw new UnknownHostException(host);
        };
        try (HttpClient client = HttpClient.open(config(none))) {
            assertThatThrownBy(() -> client.get("http://none.invalid/").text())
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("none.invalid does not resolve");
        }
    }
}
