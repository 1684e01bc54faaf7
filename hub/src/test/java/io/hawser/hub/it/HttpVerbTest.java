package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.hub.Main;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./hawser http` as it is typed.
class HttpVerbTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private HttpServer serve() {
        return HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
            asked.add(request + " " + request.body().text());
            return request.path().equals("/missing") ? Response.notFound() : Response.ok(request.body());
        });
    }

    @Test
    void aFileIsSentAndTheAnswerIsWritten(@TempDir Path folder) throws IOException {
        Path sent = Files.writeString(folder.resolve("sent"), "content of a file");
        Path got = folder.resolve("got");
        try (HttpServer server = serve()) {
            String url = server.endpoint() + "/file";
            assertThat(Main.run("http", "PUT", url, "@" + sent, "--download", got.toString()))
                    .isZero();
            assertThat(asked).containsExactly("PUT /file content of a file");
            assertThat(got).hasContent("content of a file");
        }
    }

    @Test
    void whatStreamsIsPrintedAsItComes() throws InterruptedException {
        Typed typed = new Typed();
        CompletableFuture<Void> seen = new CompletableFuture<>();
        HttpHandler slow = request -> Response.ok(Body.writing("text/plain", sink -> {
            sink.write(Bytes.ofUtf8("first "));
            sink.flush();
            // The rest is there only when somebody has seen this.
            seen.get(30, TimeUnit.SECONDS);
            sink.write(Bytes.ofUtf8("second"));
        }));
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), slow)) {
            Thread watcher = Thread.ofVirtual().start(() -> {
                await().atMost(Duration.ofSeconds(30)).until(() -> typed.out().equals("first "));
                seen.complete(null);
            });
            assertThat(typed.run("", "http", "http://" + server.endpoint(), "--stream"))
                    .isZero();
            assertThat(typed.out().strip()).isEqualTo("first second");
            assertThat(watcher.join(Duration.ofSeconds(30))).isTrue();
        }
    }

    @Test
    void theExitCodeSaysHowItWent() {
        int free;
        try (HttpServer server = serve()) {
            String url = "http://" + server.endpoint();
            free = server.endpoint().port();
            assertThat(Main.run("http", url + "/", "--timeout", "30s")).isZero();
            assertThat(Main.run("http", url + "/", "--h2")).isZero();
            assertThat(Main.run("http", url + "/missing")).isZero();
            assertThat(Main.run("http", url + "/missing", "--check-status")).isEqualTo(1);
            assertThat(Main.run("http", "POST", url, "@/does/not/exist")).isEqualTo(1);
        }
        assertThat(Main.run("http", "http://127.0.0.1:" + free)).isEqualTo(1);
        assertThat(Main.run("http")).isEqualTo(2);
        assertThat(Main.run("http", "ftp://x")).isEqualTo(2);
        assertThat(Main.run("http", ":1", "no-item")).isEqualTo(2);
        assertThat(Main.run("http", "--help")).isZero();
    }
}
