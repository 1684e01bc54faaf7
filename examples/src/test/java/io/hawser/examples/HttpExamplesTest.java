package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Endpoint;
import io.hawser.http.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpExamplesTest {
    private static final String ANY_PORT = "127.0.0.1:0";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Answer(int status, String head, String body) {}

    private static Answer get(Endpoint server, String path) throws IOException {
        return send(server, "GET", path, "");
    }

    private static Answer send(Endpoint server, String method, String path, String body) throws IOException {
        try (Socket socket = new Socket(server.host(), server.port())) {
            socket.setSoTimeout(60_000);
            String request =
                    method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                            + body.length() + "\r\nContent-Type: application/json\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = all.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 4));
        }
    }

    @Test
    void theHelloServerGreets() throws IOException {
        try (HttpServer server = HelloServer.start(ANY_PORT)) {
            assertThat(get(server.endpoint(), "/").body()).isEqualTo("Hello, world!\n");
            assertThat(get(server.endpoint(), "/?name=Ann%20B").body()).isEqualTo("Hello, Ann B!\n");
        }
    }

    @Test
    void theApiServerKeepsWhatIsPosted() throws IOException {
        try (HttpServer server = ApiServer.start(ANY_PORT)) {
            Endpoint at = server.endpoint();
            assertThat(get(at, "/notes").body()).isEqualTo("[]");
            Answer created = send(at, "POST", "/notes", "{\"text\":\"buy milk\"}");
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.head()).contains("\r\nLocation: /notes/1");
            assertThat(created.body()).isEqualTo("{\"id\":1,\"text\":\"buy milk\"}");
            assertThat(get(at, "/notes/1").body()).isEqualTo(created.body());
            assertThat(get(at, "/notes").body()).isEqualTo("[" + created.body() + "]");
            assertThat(send(at, "POST", "/notes", "{").status()).isEqualTo(400);
            assertThat(get(at, "/notes/2").status()).isEqualTo(404);
            assertThat(send(at, "PUT", "/notes", "{}").status()).isEqualTo(405);
            assertThat(send(at, "DELETE", "/notes/1", "").status()).isEqualTo(204);
            assertThat(get(at, "/notes/1").status()).isEqualTo(404);
        }
    }

    @Test
    void theStaticSiteServesItsFolderAndNothingElse(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("index.html"), "<p>home");
        Files.writeString(folder.resolve("app.js"), "run()");
        try (HttpServer server = StaticSite.start(ANY_PORT, folder)) {
            assertThat(get(server.endpoint(), "/").body()).isEqualTo("<p>home");
            Answer script = get(server.endpoint(), "/app.js");
            assertThat(script.body()).isEqualTo("run()");
            assertThat(script.head())
                    .contains("\r\nCache-Control: max-age=3600")
                    .containsIgnoringCase("\r\nETag: ");
            assertThat(get(server.endpoint(), "/%2e%2e/etc/passwd").status()).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTickerServerShowsWhatItsTickerCountsInEitherProcess(boolean isForked) throws IOException {
        String here = "\"process\":" + ProcessHandle.current().pid();
        try (TickerServer example = TickerServer.start(ANY_PORT, isForked)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    get(example.server().endpoint(), "/").body())
                            .containsPattern("\"ticks\":[1-9]")
                            .doesNotContain("\"process\":0"));
            assertThat(get(example.server().endpoint(), "/").body().contains(here))
                    .isEqualTo(!isForked);
        }
    }
}
