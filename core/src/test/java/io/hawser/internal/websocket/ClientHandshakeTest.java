package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ProtocolError;
import io.hawser.http.Headers;
import io.hawser.internal.http.ResponseHead;
import io.hawser.internal.http2.TunnelRequest;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientHandshakeTest {
    private static final WebSocketClientConfig CONFIG = WebSocketClientConfig.to("ws://h.example/chat")
            .withWebSocket(WebSocketConfig.defaults().withSubprotocols("a", "b"));

    private final ClientHandshake handshake = new ClientHandshake(CONFIG);

    private Headers granted() {
        String key = handshake
                .request()
                .toUtf8()
                .lines()
                .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
                .map(line -> line.substring(19))
                .findFirst()
                .orElseThrow();
        return Headers.of(
                "Upgrade", "WebSocket", "Connection", "Upgrade", "Sec-WebSocket-Accept", HandshakeKey.answer(key));
    }

    @ParameterizedTest
    @CsvSource({
        "ws://h.example, /, h.example",
        "ws://h.example/, /, h.example",
        "ws://h.example?a=b, /?a=b, h.example",
        "ws://h.example/c%20d?a=b, /c%20d?a=b, h.example",
        "ws://h.example:80/x, /x, h.example",
        "ws://h.example:443/x, /x, h.example:443",
        "wss://h.example:443/x, /x, h.example",
        "wss://h.example:80/x, /x, h.example:80",
        "ws://[2001:db8::1]:80/, /, [2001:db8::1]",
        "ws://[2001:db8::1]:81/, /, [2001:db8::1]:81",
    })
    void theRequestNamesWhatTheUriDoes(String uri, String target, String host) {
        WebSocketClientConfig config = WebSocketClientConfig.to(uri).withHeader("X", "y");
        assertThat(new ClientHandshake(config).request().toUtf8())
                .startsWith("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n")
                .endsWith("\r\nX: y\r\n\r\n")
                .contains("\r\nSec-WebSocket-Version: 13\r\n");
        TunnelRequest onStream = ClientHandshake.onStream(config);
        assertThat(onStream.path()).isEqualTo(target);
        assertThat(onStream.authority()).isEqualTo(host);
        assertThat(onStream.headers().value("X", "")).isEqualTo("y");
    }

    @Test
    void whatWasOfferedMayBeGranted() {
        assertThat(handshake.agree(new ResponseHead(101, granted()))).isEqualTo(Agreed.NOTHING);
        assertThat(handshake
                        .agree(new ResponseHead(101, granted().with("Sec-WebSocket-Protocol", "b")))
                        .subprotocol())
                .contains("b");
        assertThat(handshake
                        .agreeOnStream(new ResponseHead(200, Headers.of("Sec-WebSocket-Protocol", "a")))
                        .subprotocol())
                .contains("a");
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade, h2c, no Upgrade to websocket",
        "Connection, close, no Connection: upgrade",
        "Sec-WebSocket-Accept, s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, another Sec-WebSocket-Accept",
        "Sec-WebSocket-Protocol, c, a subprotocol that was not offered",
        "Sec-WebSocket-Protocol, 'a, b', a subprotocol that was not offered",
    })
    void whatWasNotAskedForIsRefused(String field, String value, String why) {
        ResponseHead answer = new ResponseHead(101, granted().with(field, value));
        assertThatThrownBy(() -> handshake.agree(answer))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("the server answered with " + why);
    }

    @Test
    void twoOfAFieldThatThereIsOnceAreRefused() {
        for (String field : new String[] {"Sec-WebSocket-Accept", "Sec-WebSocket-Protocol"}) {
            String value = granted().value(field, "a");
            Headers twice = granted().with(field, value).adding(field, value);
            assertThatThrownBy(() -> handshake.agree(new ResponseHead(101, twice)))
                    .isInstanceOf(ProtocolError.class);
        }
    }
}
