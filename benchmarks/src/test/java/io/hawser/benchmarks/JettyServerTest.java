package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Tls;
import io.hawser.http.Body;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Our client against a Jetty server, which is one of the peers.
final class JettyServerTest {
    private static final int CALLS = 200;
    private static final int MIB = 1 << 20;

    private final Workbench bench = new Workbench(
            Workbench.homeOfClasses(), List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"), 1, "0", 1);

    private PeerProcess start(HttpFiles files, String... more) throws Exception {
        var options = new ArrayList<>(List.of("--files", files.content().toString()));
        options.addAll(List.of(more));
        return PeerProcess.start(
                bench.peer("jetty", "Jetty", "JettyHttp", "nio", options.toArray(String[]::new)), List.of());
    }

    private static byte[] random(int bytes) {
        var content = new byte[bytes];
        new Random(12).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void whatIsAskedForComesInTheClear(HttpVersion version) throws Exception {
        var files = HttpFiles.of(bench);
        try (var jetty = start(files);
                var client = HttpClient.open(HttpClientConfig.to(
                                "http://127.0.0.1:" + jetty.address().getPort())
                        .withVersions(version))) {
            all(client, files);
        }
    }

    @Test
    void whatIsAskedForComesOverTlsInTheVersionThatTheServerChooses() throws Exception {
        var files = HttpFiles.of(bench);
        var trusted = Tls.client().withTrust(files.tls().resolve("cert.pem"));
        try (var jetty = start(files, "--tls", files.tls().toString());
                var client = HttpClient.open(HttpClientConfig.to(
                                "https://localhost:" + jetty.address().getPort())
                        .withTls(trusted))) {
            all(client, files);
        }
    }

    private static void all(HttpClient client, HttpFiles files) throws Exception {
        assertThat(client.get("/plaintext").text()).isEqualTo("Hello, World!");
        assertThat(client.get("/missing").status()).isEqualTo(404);
        assertThat(client.get("/files/" + HttpFiles.MIB).bytes().toArray())
                .isEqualTo(Files.readAllBytes(files.content().resolve(HttpFiles.MIB)));
        var content = random(3 * MIB);
        // Of known length, and of a length that only its end tells.
        assertThat(echoed(client, Body.of(new ByteArrayInputStream(content), content.length)))
                .isEqualTo(content);
        assertThat(echoed(client, Body.of(new ByteArrayInputStream(content)))).isEqualTo(content);
        assertThat(client.post("/echo").expectContinue().text("asked for").text())
                .isEqualTo("asked for");
        manyAtOnce(client);
    }

    private static byte[] echoed(HttpClient client, Body body) {
        Response response = client.post("/echo").body(body).send();
        try (var answer = response.body()) {
            assertThat(response.status()).isEqualTo(200);
            return answer.bytes().toArray();
        }
    }

    private static void manyAtOnce(HttpClient client) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<String>>();
            Callable<String> call = () -> client.get("/json").text();
            for (int i = 0; i < CALLS; i++) calls.add(threads.submit(call));
            for (var each : calls) assertThat(each.get()).isEqualTo("{\"message\":\"Hello, World!\"}");
        }
    }
}
