package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ConnectFailed;
import io.hawser.Tls;
import io.hawser.TlsTrust;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.session.Message;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpClientTlsTest {
    private static final SessionHandler ECHO = (session, message) -> session.send(message);

    private static HttpServer serve(Tls identity) {
        return HttpServer.start(
                ListenConfig.on("127.0.0.1:0").withTls(identity),
                HttpConfig.defaults(),
                request -> request.path().equals("/ws")
                        ? WebSockets.accept(request, WebSocketConfig.defaults(), ECHO)
                        : Response.text(request.header("X-Key").orElse("none")));
    }

    private static String pin(Tls identity) {
        X509Certificate own = identity.identity().orElseThrow().load().chain().getFirst();
        return TlsTrust.Pinned.of(own);
    }

    @ParameterizedTest
    @EnumSource
    void aServerIsAcceptedWithAPinnedKeyOnly(Tls.Provider provider) {
        Tls identity = Tls.selfSigned();
        Tls trusting = Tls.client().withTrustPem(identity.certificatePem()).withProvider(provider);
        String other = "sha256/" + "A".repeat(43) + "=";
        try (HttpServer server = serve(identity);
                HttpClient pinned =
                        HttpClient.open(HttpClientConfig.defaults().withTls(trusting.withPins(other, pin(identity))));
                HttpClient wrong = HttpClient.open(HttpClientConfig.defaults().withTls(trusting.withPins(other)))) {
            String url = "https://" + server.endpoint() + "/";
            assertThat(pinned.get(url).text()).isEqualTo("none");
            assertThatThrownBy(() -> wrong.get(url).text())
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("no key of its chain is pinned");
        }
    }

    @Test
    void aPinIsCheckedWhenItIsGiven() {
        assertThatThrownBy(() -> Tls.client().withPins("sha256/short")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tls.client().withPins()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWebSocketIsOpenedWithWhatTheClientHas() {
        Tls identity = Tls.selfSigned();
        try (HttpServer server = serve(identity)) {
            HttpClientConfig config = HttpClientConfig.to("https://" + server.endpoint())
                    .withTls(Tls.client().withTrustPem(identity.certificatePem()));
            try (HttpClient client = HttpClient.open(config);
                    WebSocket socket = WebSockets.connect(WebSocketClientConfig.of(client, "/ws"))) {
                socket.send(Message.text("hello"));
                assertThat(socket.receive().text()).isEqualTo("hello");
            }
        }
    }
}
