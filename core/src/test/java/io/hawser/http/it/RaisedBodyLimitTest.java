package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Body;
import io.hawser.http.BodyLimit;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.io.ExecutionMode;
import io.hawser.tcp.ListenConfig;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A route that takes larger bodies than its server does, and bodies that are larger than what may wait to
/// be read.
@Timeout(120)
final class RaisedBodyLimitTest {
    private static final int SERVER_TAKES = 16 << 10;
    private static final int ROUTE_TAKES = 1 << 20;
    private static final HttpHandler COUNTING = request ->
            Response.text(Integer.toString(request.body().bytes(Long.MAX_VALUE).size()));

    private static HttpServer serve(ExecutionMode mode) {
        Router routes = Router.builder()
                .post("/up", COUNTING.with(new BodyLimit(ROUTE_TAKES)).in(mode))
                .post("/plain", COUNTING.in(mode))
                .build();
        return HttpServer.start(
                ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults().withMaxBodyBytes(SERVER_TAKES), routes);
    }

    private static HttpClient client(HttpServer server, HttpVersion version) {
        return HttpClient.open(
                HttpClientConfig.to("http://" + server.endpoint()).withVersions(version));
    }

    private static Body streamed(int bytes) {
        return Body.of(new ByteArrayInputStream(new byte[bytes]));
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aStreamOfUnknownLengthIsReadUpToTheLimitOfItsRoute(HttpVersion version) {
        try (HttpServer server = serve(ExecutionMode.VIRTUAL);
                HttpClient client = client(server, version)) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.post("/up").body(streamed(300_000)).text()).isEqualTo("300000");
            }
            assertThat(client.post("/up").body(streamed(ROUTE_TAKES + 1)).status())
                    .isEqualTo(413);
            assertThat(client.post("/plain").body(streamed(SERVER_TAKES + 1)).status())
                    .isEqualTo(413);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aHandlerOfTheEventLoopReadsWhatItsRouteTakes(HttpVersion version) {
        try (HttpServer server = serve(ExecutionMode.EVENT_LOOP);
                HttpClient client = client(server, version)) {
            assertThat(client.post("/up").text("x".repeat(60_000)).text()).isEqualTo("60000");
            assertThat(client.post("/up")
                            .expectContinue()
                            .text("x".repeat(60_000))
                            .text())
                    .isEqualTo("60000");
            assertThat(client.post("/plain").text("x".repeat(60_000)).status()).isEqualTo(413);
        }
    }
}
