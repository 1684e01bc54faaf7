package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Tls;
import io.hawser.http.Body;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.cli.BenchCommand;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `./hawser bench` as it is typed, against servers that say what they were asked.
@Timeout(120)
class BenchVerbTest {
    private static final String[] SHORT = {
        "--connections", "2", "--window", "4", "--duration", "1s", "--warmup", "200ms"
    };

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Set<String> asked = new ConcurrentSkipListSet<>();

    private int bench(String... words) {
        String[] all = new String[words.length + SHORT.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(SHORT, 0, all, words.length, SHORT.length);
        out.getBuffer().setLength(0);
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    err.append(String.valueOf(failure.getMessage()));
                    return 1;
                })
                .execute(all);
    }

    private JsonNode report() {
        return JsonMapper.shared().readTree(out.toString());
    }

    private HttpServer serve(int status) {
        return HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
            asked.add(request.method().name() + " " + request.rawPath() + " "
                    + request.body().bytes().size());
            return Response.of(status).withBody(Body.text("done"));
        });
    }

    @Test
    void httpGetsWithoutAPayloadAndPostsOneOfTheSizeThatIsSaid() {
        try (HttpServer server = serve(201)) {
            String url = "http://" + server.endpoint() + "/orders?x=1";
            assertThat(bench("http", url, "--json")).as(err.toString()).isZero();
            assertThat(asked).containsExactly("GET /orders 0");
            assertThat(report().path("config").path("payloadBytes").asInt()).isZero();
            asked.clear();
            assertThat(bench("http", url, "--json", "--payload", "3KiB")).isZero();
            assertThat(asked).containsExactly("POST /orders 3072");
            assertThat(report().path("config").path("payloadBytes").asInt()).isEqualTo(3072);
            assertThat(bench("http", server.endpoint() + "/orders")).isZero();
            assertThat(out.toString()).contains("no payload").doesNotContain("payload 1,024");
        }
    }

    @Test
    void whatIsRefusedIsAnErrorAndSaysWhatCame() {
        try (HttpServer server = serve(503)) {
            assertThat(bench("http", "http://" + server.endpoint(), "--payload", "8"))
                    .isEqualTo(1);
            assertThat(out.toString()).contains("not 2xx: HTTP/1.1 503");
        }
    }

    @Test
    void everyProtocolGoesOverTlsToWhomItsCertificateSaysAndToNobodyElse() throws IOException {
        Tls tls = Tls.selfSigned();
        String pem = Files.writeString(folder.resolve("ca.pem"), tls.certificatePem())
                .toString();
        String other = Files.writeString(
                        folder.resolve("other.pem"), Tls.selfSigned().certificatePem())
                .toString();
        ListenConfig listen = ListenConfig.on("127.0.0.1:0").withTls(tls);
        try (Hub hub = Hub.start(HubConfig.on(listen).withBare(BareMode.ECHO))) {
            String at = hub.endpoint().toString();
            assertThat(bench("http", "https://" + at + "/plaintext", "--tls-trust", pem))
                    .as(out + "" + err)
                    .isZero();
            // Longer than a record, so that it is written and read in parts.
            assertThat(bench("http", "https://" + at + "/echo", "--payload", "200KiB", "--tls-trust", pem))
                    .as(out + "" + err)
                    .isZero();
            assertThat(bench("ws", "wss://" + at + "/echo", "--payload", "100", "--tls-trust", pem))
                    .as(out + "" + err)
                    .isZero();
            assertThat(bench("msgi", at, "--tls", "--payload", "100KiB", "--tls-trust", pem))
                    .as(out + "" + err)
                    .isZero();
            assertThat(bench("http", "https://" + at + "/plaintext", "--tls-trust", other))
                    .isEqualTo(1);
            assertThat(out.toString()).contains("0 of 2 connections", "2: connect: ");
        }
    }

    @Test
    void whatCannotBeSaysWhatCan() throws IOException {
        assertThat(bench("http", "ftp://x")).isEqualTo(2);
        assertThat(err.toString()).contains("ftp://x: http://HOST:PORT/PATH or https://HOST:PORT/PATH, over HTTP/1.1");
        assertThat(bench("ws", "http://x")).isEqualTo(2);
        assertThat(err.toString()).contains("http://x: ws://HOST:PORT/PATH or wss://HOST:PORT/PATH");
        assertThat(bench("http", "http://127.0.0.1:1", "--tls-trust", "ca.pem")).isEqualTo(2);
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        assertThat(bench("http", "https://127.0.0.1:1", "--tls-trust", empty.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("certificates of " + empty + ": there are none");
    }

    @Test
    void aReportThatCannotBeWrittenIsToldBeforeTheRun() {
        try (HttpServer server = serve(200)) {
            String url = "http://" + server.endpoint();
            assertThat(bench("http", url, "--html", folder.toString())).isEqualTo(2);
            assertThat(bench(
                            "http", url, "--html", folder.resolve("none/x.html").toString()))
                    .isEqualTo(2);
            assertThat(err.toString())
                    .contains(folder + " is a folder", "there is no folder " + folder.resolve("none"));
            assertThat(asked).isEmpty();
            assertThat(bench("http", url, "--html", folder.resolve("x.html").toString()))
                    .isZero();
            assertThat(folder.resolve("x.html")).content().contains("<svg");
        }
    }
}
