package io.hawser.testkit.it;

import static io.hawser.testkit.it.Front.PATIENCE;
import static io.hawser.testkit.it.Front.client;
import static io.hawser.testkit.it.Front.echo;
import static io.hawser.testkit.it.Front.head;
import static io.hawser.testkit.it.Front.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Endpoint;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpPoolConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.ProxyConfig;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import io.hawser.websocket.WebSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/// How many WebSockets a gateway may have with one server.
final class ProxiedPlacesTest {
    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

    private static Front withSockets(int most, Endpoint... behind) {
        HttpPoolConfig pool = HttpPoolConfig.defaults().withMaxUpgraded(most);
        return new Front(HttpClientConfig.defaults().withPool(pool), ProxyConfig.defaults(), behind);
    }

    @Test
    void whereAServerHasAsManySocketsAsItMayHaveTheNextIsToldToComeBack() throws Exception {
        try (HttpServer one = echo(closed);
                HttpServer other = echo(closed);
                Front front = withSockets(1, one.endpoint(), other.endpoint());
                WebSocket second = client(front)) {
            try (WebSocket first = client(front);
                    Socket third = raw(front)) {
                assertThat(head(third))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("Retry-After: 1\r\n", "Content-Type: application/problem+json");
                first.send(Message.text("still here"));
                assertThat(first.receive().text()).isEqualTo("still here");
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                try (Socket next = raw(front)) {
                    assertThat(head(next)).contains("101");
                }
            });
            second.send(Message.text("here too"));
            assertThat(second.receive().text()).isEqualTo("here too");
        }
    }

    @Test
    void aHandshakeThatIsNotAnsweredYetTakesAPlace() throws Exception {
        try (ScriptedPeer behind = ScriptedPeer.start(Script.of().readHead().readToEnd());
                Front front = withSockets(1, behind.endpoint());
                Socket first = raw(front)) {
            await().atMost(PATIENCE).until(() -> behind.heard().endsWith("\r\n\r\n"));
            try (Socket second = raw(front)) {
                assertThat(head(second)).startsWith("HTTP/1.1 503 ");
            }
            assertThat(first.isConnected()).isTrue();
            assertThat(behind.accepted()).isEqualTo(1);
        }
    }

    @Test
    void whoIsNotLetInTakesNoPlace() throws Exception {
        Endpoint gone;
        try (HttpServer closing = echo(closed)) {
            gone = closing.endpoint();
        }
        Script refusing = Script.of().readHead().send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        try (ScriptedPeer behind = ScriptedPeer.start(refusing);
                Front front = withSockets(1, behind.endpoint());
                Front away = withSockets(1, gone)) {
            for (int i = 0; i < 5; i++) {
                await().atMost(PATIENCE).untilAsserted(() -> {
                    try (Socket client = raw(front)) {
                        assertThat(head(client)).startsWith("HTTP/1.1 403 ");
                    }
                });
                try (Socket client = raw(away)) {
                    assertThat(head(client)).startsWith("HTTP/1.1 502 ");
                }
            }
        }
    }
}
