package io.hawser.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ConnectFailed;
import io.hawser.Tls;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Ours against openssl, both ways: results/tls.txt says what came of it, and why.
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "openssl is not part of it")
final class TlsTableTest {
    private static final List<Tls.Provider> PROVIDERS = List.of(Tls.Provider.JDK, Tls.Provider.OPENSSL);
    private static final List<String> VERSIONS = List.of("tls1", "tls1_1", "tls1_2", "tls1_3");
    private static final List<String> CERTIFICATES = List.of(
            "good-ec",
            "good-rsa",
            "expired",
            "not-yet-valid",
            "wrong-host",
            "self-signed",
            "weak-key",
            "for-clients-only",
            "under-no-authority",
            "revoked",
            "under-revoked");
    /// Those of clients that are given lists of what was revoked.
    private static final List<String> LISTED = List.of("good-ec", "under-between", "revoked", "under-revoked");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void prepare() throws Exception {
        OpenSsl.require();
        OpenSsl.makeCertificates(folder);
    }

    @Test
    void whatIsOfferedAndAcceptedIsWhatWasCommitted() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Tls.Provider provider : PROVIDERS) {
            for (String key : List.of("ec", "rsa")) offered(provider, key, lines);
            Tls client = Tls.client().withTrust(folder.resolve("ca.pem")).withProvider(provider);
            for (String certificate : CERTIFICATES) accepted("client " + provider, client, certificate, lines);
            Tls listed = client.withCrls(folder.resolve("crls.pem"));
            for (String certificate : LISTED) accepted("client " + provider + " with CRLs", listed, certificate, lines);
        }
        Files.write(Path.of("target", "tls.txt"), lines);
        List<String> committed;
        try (var all = Files.lines(Path.of("results", "tls.txt"))) {
            committed =
                    all.filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        }
        assertThat(lines).isEqualTo(committed);
    }

    private static void offered(Tls.Provider provider, String key, List<String> lines) throws Exception {
        Tls tls = Tls.server(folder.resolve("good-" + key + ".pem"), folder.resolve("good-" + key + ".key"))
                .withProvider(provider);
        try (HttpServer server = HttpServer.start(
                ListenConfig.on("127.0.0.1:0").withTls(tls), HttpConfig.defaults(), request -> Response.noContent())) {
            for (String version : VERSIONS) {
                List<String> agreed = new ArrayList<>();
                List<String> left = new ArrayList<>(OpenSsl.ciphers(version));
                // Whatever is chosen is left out of the next offer, until nothing that is left will do.
                while (!left.isEmpty()) {
                    Optional<String> chosen = OpenSsl.agreed(server.endpoint(), version, left);
                    if (chosen.isEmpty()) break;
                    agreed.add(chosen.get());
                    assertThat(left.remove(chosen.get())).isTrue();
                }
                agreed.sort(null);
                String all = agreed.isEmpty() ? "none" : String.join(" ", agreed);
                lines.add("server " + provider + " " + key + " | " + version + " | " + all);
            }
        }
    }

    private static void accepted(String who, Tls trusting, String certificate, List<String> lines) throws IOException {
        try (OpenSsl.Server server = OpenSsl.Server.start(folder, certificate);
                HttpClient client = HttpClient.open(HttpClientConfig.defaults().withTls(trusting))) {
            String came;
            try {
                int status = client.get("https://127.0.0.1:" + server.port() + "/")
                        .timeout(Duration.ofSeconds(30))
                        .send()
                        .status();
                came = status == 200 ? "accepted" : "status " + status;
            } catch (ConnectFailed refused) {
                came = "refused";
            }
            lines.add(who + " | " + certificate + " | " + came);
        }
    }
}
