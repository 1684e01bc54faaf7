package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.Tls;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests of curl, in both versions, in the clear and under TLS, all to one port.
class CurlTest {
    private static HttpServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(hasHttp2(), "skipped: no curl with HTTP/2 on the path");
        server = HttpServer.start(
                ListenConfig.on("127.0.0.1:0").withTls(Tls.selfSigned()).withPlainAllowed(),
                HttpConfig.defaults(),
                request -> switch (request.path()) {
                    case "/echo" -> Response.ok(request.body());
                    default ->
                        Response.text(request.version() + " " + request.scheme() + " "
                                + request.headers().value("X-A", "-"));
                });
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    private static boolean hasHttp2() throws InterruptedException {
        try {
            Process curl = new ProcessBuilder("curl", "--version").start();
            String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return curl.waitFor(30, TimeUnit.SECONDS) && said.contains("HTTP2");
        } catch (IOException none) {
            return false;
        }
    }

    private byte[] curl(String... options) throws Exception {
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-k", "-m", "30", "-o", out.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Files.readAllBytes(out);
    }

    @ParameterizedTest
    @CsvSource({
        "--http1.1, http, HTTP/1.1",
        "--http1.1, https, HTTP/1.1",
        "--http2-prior-knowledge, http, HTTP/2",
        "--http2, https, HTTP/2",
        "--http2, http, HTTP/1.1"
    })
    void itIsAnsweredInItsVersion(String option, String scheme, String version) throws Exception {
        String base = scheme + "://127.0.0.1:" + server.endpoint().port();
        assertThat(new String(curl(option, "-H", "x-a: b", base + "/"), StandardCharsets.UTF_8))
                .isEqualTo(version + " " + scheme + " b");
        byte[] large = new byte[3 << 20];
        for (int i = 0; i < large.length; i++) large[i] = (byte) ((i * 31) >> 3);
        Path file = Files.write(folder.resolve("in"), large);
        assertThat(curl(option, "--data-binary", "@" + file, base + "/echo")).isEqualTo(large);
        assertThat(curl(option, "-T", file.toString(), "-X", "POST", base + "/echo"))
                .isEqualTo(large);
    }
}
