package io.hawser.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.tcp.ListenConfig;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeySetUrlTest {
    /// Each makes the parser throw something else.
    @ParameterizedTest
    @ValueSource(strings = {"{\"keys\":\"x\"}", "{\"keys\":[1]}", "{}", "no JSON", ""})
    void whatIsNoKeySetIsWarnedOfAndFetchedAgainLater(String answer) {
        try (HttpServer issuer = HttpServer.start(
                ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> Response.text(answer))) {
            KeySetUrl keys = new KeySetUrl(URI.create("http://" + issuer.endpoint() + "/keys"));
            assertThatCode(() -> keys.refresh().get(30, TimeUnit.SECONDS)).doesNotThrowAnyException();
            assertThat(keys.keys(null)).isEmpty();
        }
    }
}
