package io.hawser.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Body;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import io.hawser.hub.http.HttpRun.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpRunTest {
    private static final Options PLAIN =
            new Options(false, 0, false, false, false, false, Optional.empty(), Optional.empty());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Options options, HttpHandler server, String... words) throws IOException {
        Screen screen = Screen.plain(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return new HttpRun(screen, options).run(Ask.parse(List.of(words), false, false), HttpClient.over(server));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theBodyAloneIsPrintedWhereThereIsNoTerminal() throws IOException {
        assertThat(run(PLAIN, request -> Response.json(List.of(1, 2)), ":1/")).isZero();
        assertThat(out).hasToString("[1,2]");
        assertThat(said()).isEmpty();
    }

    @Test
    void aStatusIsAFailureWhereThatIsAskedFor() throws IOException {
        HttpHandler missing = request -> Response.text(404, "no");
        assertThat(run(PLAIN, missing, ":1/")).isZero();
        Options checked = new Options(false, 0, false, false, false, true, Optional.empty(), Optional.empty());
        assertThat(run(checked, missing, ":1/")).isEqualTo(1);
        assertThat(out).hasToString("nono");
    }

    @Test
    void redirectsAndRetriesAreFollowedAndTold() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpHandler server = request -> switch (request.path()) {
            case "/" -> Response.redirect("http://localhost:1/next");
            case "/next" ->
                calls.incrementAndGet() == 1
                        ? Response.text(503, "later").withHeader("Retry-After", "0")
                        : Response.text("there");
            default -> Response.notFound();
        };
        Options verbose = new Options(true, 2, false, true, true, false, Optional.empty(), Optional.empty());
        assertThat(run(verbose, server, ":1/")).isZero();
        assertThat(out).hasToString("there");
        assertThat(said())
                .containsSubsequence(
                        "> GET http://localhost:1/",
                        "< HTTP/1.1 302 Found",
                        "* 302 http://localhost:1/ -> GET http://localhost:1/next",
                        "< HTTP/1.1 503",
                        "* attempt 1 failed: http_503",
                        "> GET http://localhost:1/next",
                        "< HTTP/1.1 200 OK",
                        "first-byte",
                        "download",
                        "total");
    }

    @Test
    void aDownloadGoesToItsFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("got");
        Options download = new Options(false, 0, false, false, false, false, Optional.empty(), Optional.of(file));
        assertThat(run(download, request -> Response.ok(Body.text("content")), ":1/"))
                .isZero();
        assertThat(Files.readString(file)).isEqualTo("content");
        assertThat(out.size()).isZero();
        assertThat(said()).contains("7 bytes in");
    }
}
