package io.hawser.websocket.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ConnectFailed;
import io.hawser.Endpoint;
import io.hawser.Tls;
import io.hawser.http.HttpServer;
import io.hawser.io.ExecutionMode;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.HttpProxy;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ProxyTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Thread> working = new CopyOnWriteArrayList<>();
    private volatile String answer = "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n";
    private ServerSocket listening;
    private HttpProxy proxy;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = HttpProxy.at(Endpoint.of("127.0.0.1", listening.getLocalPort()));
        working.add(Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = listening.accept();
                    working.add(Thread.ofVirtual().start(() -> serve(client)));
                }
            } catch (IOException closed) {
                // the test is over
            }
        }));
    }

    @AfterEach
    void stop() throws Exception {
        listening.close();
        for (Thread thread : working) thread.join();
    }

    private void serve(Socket client) {
        try (client) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0)
                head.append((char) client.getInputStream().read());
            asked.add(head.toString());
            client.getOutputStream().write(answer.getBytes(ISO_8859_1));
            if (!answer.startsWith("HTTP/1.1 200 Connection")) return;
            Endpoint target = Endpoint.parse(head.toString().split(" ", 3)[1]);
            try (Socket server = new Socket(target.host(), target.port())) {
                Thread back = Thread.ofVirtual().start(() -> copy(server, client));
                copy(client, server);
                back.join();
            }
        } catch (IOException | InterruptedException e) {
            // one of the two is gone
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // one of the two is gone
        }
    }

    private WebSocketClientConfig through(String uri, ConnectConfig connect) {
        return WebSocketClientConfig.to(uri).withConnect(connect.withProxy(proxy));
    }

    @Test
    void aTunnelCarriesTheConnectionAndTheProxyLooksTheNameUp() {
        try (HttpServer server = Web.serve(Web.echo(ExecutionMode.VIRTUAL));
                WebSocket client = WebSockets.connect(
                        through("ws://localhost:" + server.endpoint().port() + "/", ConnectConfig.defaults()))) {
            assertThat(Web.ask(client, "hello")).isEqualTo("hello");
            assertThat(asked).singleElement().asString().startsWith("CONNECT localhost:");
        }
    }

    @Test
    void tlsGoesThroughTheTunnel() {
        Tls tls = Tls.selfSigned();
        ConnectConfig trusting = ConnectConfig.defaults().withTls(Tls.client().withTrustPem(tls.certificatePem()));
        try (HttpServer server = Web.serve(
                        ListenConfig.on("127.0.0.1:0").withTls(tls),
                        WebSocketConfig.defaults(),
                        Web.echo(ExecutionMode.VIRTUAL));
                WebSocket client = WebSockets.connect(through("wss://" + server.endpoint() + "/", trusting))) {
            assertThat(Web.ask(client, "secret")).isEqualTo("secret");
        }
    }

    @Test
    void aPasswordIsForTheProxyOnly() {
        proxy = proxy.withCredentials("ann", "open sesame");
        try (HttpServer server = Web.serve(Web.echo(ExecutionMode.VIRTUAL));
                WebSocket client =
                        WebSockets.connect(through("ws://" + server.endpoint() + "/", ConnectConfig.defaults()))) {
            assertThat(Web.ask(client, "x")).isEqualTo("x");
        }
        assertThat(asked).singleElement().asString().contains("Proxy-Authorization: Basic YW5uOm9wZW4gc2VzYW1l\r\n");
        assertThat(proxy.toString()).doesNotContain("YW5u");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
                "HTTP/1.1 502 Bad Gateway\r\n\r\n",
                "SSH-2.0-x\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n\r\n",
                ""
            })
    void aProxyThatOpensNoTunnelIsAFailedConnection(String words) {
        answer = words;
        assertThatThrownBy(() -> WebSockets.connect(through("ws://127.0.0.1:9/", ConnectConfig.defaults())))
                .isInstanceOf(ConnectFailed.class)
                .hasMessageContaining("proxy 127.0.0.1");
    }
}
