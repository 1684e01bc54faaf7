package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.Tls;
import io.hawser.http.Body;
import io.hawser.http.CallTimings;
import io.hawser.http.Decompression;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The client against nginx: HTTP/1.1 and HTTP/2, in the clear and over TLS.
@Timeout(120)
final class NginxTest {
    private static final Tls IDENTITY = Tls.selfSigned();
    private static final byte[] CONTENT = new byte[3 << 20];

    private static final String SERVERS = """
            access_log off; gzip on; gzip_min_length 100; gzip_types text/plain;
            types { text/plain txt; }
            server {
              listen 127.0.0.1:PORT0;
              listen 127.0.0.1:PORT1 http2;
              listen 127.0.0.1:PORT2 ssl http2;
              ssl_certificate FOLDER/cert.pem; ssl_certificate_key FOLDER/key.pem;
              root FOLDER/files;
              keepalive_requests 50;
              client_max_body_size 16m;
              location = /connection { return 200 "$connection"; }
              location = /version { return 200 "$server_protocol"; }
              location = /moved { return 302 /version; }
              location /sums/ { alias FOLDER/files/; add_trailer X-Sum "7"; }
              location /kept/ { alias FOLDER/files/; dav_methods PUT DELETE; create_full_put_path on; }
            }
            """;

    static {
        for (int i = 0; i < CONTENT.length; i++) CONTENT[i] = (byte) ((i * 31) >> 3);
    }

    @TempDir
    private Path folder;

    private Nginx nginx;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("files/words.txt"), "words, words, words\n".repeat(5000));
        Nginx.write(IDENTITY, folder);
        nginx = Nginx.start(folder, SERVERS);
    }

    @AfterEach
    void stop() {
        if (nginx != null) nginx.close();
    }

    private static HttpClient client(String url, HttpVersion... versions) {
        return HttpClient.open(HttpClientConfig.to(url)
                .withTls(Tls.client().withTrustPem(IDENTITY.certificatePem()))
                .withVersions(versions));
    }

    @Test
    void http1IsSpoken() throws Exception {
        try (HttpClient client = client(nginx.url(0), HttpVersion.HTTP_1_1)) {
            all(client, HttpVersion.HTTP_1_1, false);
            trailers(client);
        }
    }

    @Test
    void http2IsSpokenWithPriorKnowledge() throws Exception {
        try (HttpClient client = client(nginx.url(1), HttpVersion.HTTP_2)) {
            all(client, HttpVersion.HTTP_2, false);
            trailers(client);
        }
    }

    @Test
    void overTlsItChoosesHttp2OrWhatThereIs() throws Exception {
        String url = nginx.url(2).replace("http:", "https:");
        try (HttpClient both = client(url, HttpVersion.HTTP_1_1, HttpVersion.HTTP_2);
                HttpClient old = client(url, HttpVersion.HTTP_1_1)) {
            all(both, HttpVersion.HTTP_2, true);
            trailers(both);
            all(old, HttpVersion.HTTP_1_1, true);
        }
    }

    private static void trailers(HttpClient client) {
        Response response =
                client.get("/sums/words.txt").header("TE", "trailers").send();
        assertThat(response.body().text()).hasSize(100_000);
        assertThat(response.body().trailers().value("X-Sum", "")).isEqualTo("7");
    }

    private static void all(HttpClient client, HttpVersion version, boolean isSecure) throws Exception {
        CallTimings timings = new CallTimings();
        assertThat(client.get("/version").attribute(CallTimings.KEY, timings).text())
                .isEqualTo(version == HttpVersion.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1");
        assertThat(timings.version()).isEqualTo(version);
        assertThat(timings.connect()).isPositive();
        assertThat(timings.tls().isPositive()).as("a handshake took time").isEqualTo(isSecure);
        assertThat(client.get("/moved").status()).isEqualTo(302);
        assertThat(client.get("/missing").status()).isEqualTo(404);
        inflated(client);
        stored(client);
        kept(client);
    }

    private static void inflated(HttpClient client) {
        assertThat(client.get("/words.txt")
                        .header("Accept-Encoding", "gzip")
                        .send()
                        .header("Content-Encoding"))
                .contains("gzip");
        assertThat(client.with(Decompression.defaults()).get("/words.txt").text())
                .hasSize(100_000)
                .endsWith("words\n");
    }

    /// A body of known length, of unknown length, and one that is sent when it is asked for.
    private static void stored(HttpClient client) {
        List<Body> bodies = List.of(
                Body.of(Bytes.wrap(CONTENT)),
                Body.of(new ByteArrayInputStream(CONTENT), CONTENT.length),
                Body.of(new ByteArrayInputStream(CONTENT)));
        for (Body body : bodies) {
            assertThat(client.put("/kept/some").body(body).status()).isIn(201, 204);
            assertThat(client.head("/kept/some").send().header("Content-Length"))
                    .contains(CONTENT.length + "");
            assertThat(client.get("/kept/some").bytes()).isEqualTo(Bytes.wrap(CONTENT));
        }
        assertThat(client.put("/kept/some").expectContinue().text("asked for").status())
                .isEqualTo(204);
        assertThat(client.get("/kept/some").text()).isEqualTo("asked for");
        assertThat(client.put("/kept/large")
                        .expectContinue()
                        .body(Body.of(new ByteArrayInputStream(CONTENT), 1L << 40))
                        .status())
                .isEqualTo(413);
        assertThat(client.delete("/kept/some").status()).isEqualTo(204);
    }

    /// It ends each connection after fifty requests, and no call notices.
    private static void kept(HttpClient client) throws Exception {
        List<String> connections = new ArrayList<>();
        for (int i = 0; i < 200; i++) connections.add(client.get("/connection").text());
        assertThat(connections.stream().distinct()).hasSizeBetween(4, 5);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++)
                answers.add(threads.submit(() -> client.get("/version").text()));
            for (Future<String> answer : answers) assertThat(answer.get()).startsWith("HTTP/");
        }
    }
}
