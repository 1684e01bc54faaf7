package io.hawser.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketClientConfigTest {
    @ParameterizedTest
    @CsvSource({
        "ws://example.org/feed, example.org:80",
        "wss://example.org, example.org:443",
        "wss://[::1]:8443/, [::1]:8443",
        "ws://my_service:9000/ws, my_service:9000",
        "ws://example.org:/, example.org:80",
    })
    void anUriNamesTheHostAndPort(String uri, String endpoint) {
        assertThat(WebSocketClientConfig.to(uri).endpoint()).hasToString(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://a/", "ws:a", "ws://u:p@a/", "ws://u@my_service/", "ws://a:0/", "ws://1.2/", "ws://a/#b"})
    void whatIsNoneOfAWebSocketIsRefused(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> WebSocketClientConfig.to(uri));
    }

    @ParameterizedTest
    @CsvSource({
        "ws, wss://example.org/v1/ws",
        "wsfeed?a=1, wss://example.org/v1/wsfeed?a=1",
        "/ws, wss://example.org/v1/ws",
        "ws://other.org/ws, ws://other.org/ws",
        "https://other.org/ws, wss://other.org/ws",
    })
    void aClientOfHttpCompletesThePath(String path, String uri) {
        HttpClient client = HttpClient.over(request -> Response.ok(), HttpClientConfig.to("https://example.org/v1"));
        assertThat(WebSocketClientConfig.of(client, path).uri()).hasToString(uri);
    }

    @Test
    void aHandshakeHasItsOwnFields() {
        WebSocketClientConfig config = WebSocketClientConfig.to("ws://a/");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.withHeader("Host", "b"))
                .withMessageContaining("[host]");
    }
}
