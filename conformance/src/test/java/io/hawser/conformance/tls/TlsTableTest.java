package io.hawser.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Endpoint;
import io.hawser.SessionClosed;
import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.cluster.TopicRules;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.hub.HubConfig;
import io.hawser.hub.config.HubFile;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.nats.NatsBackplane;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.testkit.NatsServer;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
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
            "sha1",
            "name-in-subject",
            "revoked",
            "under-revoked");
    /// What a client of another protocol has to tell apart as a client of HTTP does.
    private static final List<String> OF_OTHERS = List.of(
            "good-ec", "expired", "wrong-host", "self-signed", "weak-key", "for-clients-only", "under-no-authority");
    private static final List<String> WILD_HOSTS = List.of("a.wild.example", "a.b.wild.example", "wild.example");
    /// Those that clients show.
    private static final List<String> SHOWN = List.of(
            "",
            "for-clients-only",
            "client-expired",
            "good-ec",
            "self-signed",
            "client-under-no-authority",
            "client-revoked");
    /// Those of clients that are given lists of what was revoked.
    private static final List<String> LISTED = List.of("good-ec", "under-between", "revoked", "under-revoked");

    private static final String OF_NATS = "client of NATS";

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
            for (String host : WILD_HOSTS) {
                lines.add("client " + provider + " | wildcard of " + host + " | "
                        + came("wildcard", port -> http(client, host, port)));
            }
            for (String certificate : OF_OTHERS) {
                lines.add("client of WebSocket " + provider + " | " + certificate + " | "
                        + came(certificate, port -> socket(client, port)));
                lines.add("client of MSGI " + provider + " | " + certificate + " | "
                        + came(certificate, port -> msgi(client, port)));
            }
            Tls listed = client.withCrls(folder.resolve("crls.pem"));
            for (String certificate : LISTED) accepted("client " + provider + " with CRLs", listed, certificate, lines);
            Tls mutual = Tls.server(folder.resolve("good-ec.pem"), folder.resolve("good-ec.key"))
                    .withTrust(folder.resolve("ca.pem"))
                    .withClientVerification(Tls.ClientVerification.REQUIRED)
                    .withProvider(provider);
            admitted("server " + provider, mutual, lines);
            admitted("server " + provider + " with CRLs", mutual.withCrls(folder.resolve("crls.pem")), lines);
        }
        Files.write(Path.of("target", "tls.txt"), lines);
        assertThat(lines).isEqualTo(committed(line -> !line.startsWith(OF_NATS)));
    }

    @Test
    @EnabledIf("io.hawser.testkit.NatsServer#isHere")
    void aHubBelievesABrokerByTheSameCertificates() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String certificate : OF_OTHERS) {
            lines.add(OF_NATS + " | " + certificate + " | " + (isBelieved(certificate) ? "accepted" : "refused"));
        }
        assertThat(lines).isEqualTo(committed(line -> line.startsWith(OF_NATS)));
    }

    private static boolean isBelieved(String certificate) throws Exception {
        try (NatsServer broker = NatsServer.start(
                "--tls",
                "--tlscert",
                folder.resolve(certificate + ".pem").toString(),
                "--tlskey",
                folder.resolve(certificate + ".key").toString())) {
            Path file = Files.writeString(
                    folder.resolve("hub.conf"),
                    "hub.nats { url = \"%s\", tls { ca = \"%s\" } }"
                            .formatted(broker.url().replace("nats:", "tls:"), folder.resolve("ca.pem")));
            HubConfig hub = HubFile.source(Optional.of(file))
                    .read(HubFile.class)
                    .value()
                    .toConfig();
            NatsBackplane.start(hub.cluster().nats().orElseThrow(), "n1", TopicRules.defaults())
                    .close();
            return true;
        } catch (StartupFailed refused) {
            return false;
        }
    }

    private static List<String> committed(Predicate<String> wanted) throws IOException {
        try (var all = Files.lines(Path.of("results", "tls.txt"))) {
            return all.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .filter(wanted)
                    .toList();
        }
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
        lines.add(who + " | " + certificate + " | " + came(certificate, port -> http(trusting, "127.0.0.1", port)));
    }

    /// Asks a server on that port of this machine.
    private interface Asking {
        void ask(int port) throws IOException;
    }

    private static String came(String certificate, Asking client) throws IOException {
        try (OpenSsl.Server server = OpenSsl.Server.start(folder, certificate)) {
            client.ask(server.port());
            return "accepted";
        } catch (ConnectFailed refused) {
            return "refused";
        }
    }

    private static void http(Tls trusting, String host, int port) {
        ConnectConfig connect = ConnectConfig.defaults()
                .withTls(trusting)
                .withResolver(name -> List.of(InetAddress.ofLiteral("127.0.0.1")));
        try (HttpClient client = HttpClient.open(HttpClientConfig.defaults().withConnect(connect))) {
            int status = client.get("https://" + host + ":" + port + "/")
                    .timeout(Duration.ofSeconds(30))
                    .send()
                    .status();
            assertThat(status).isEqualTo(200);
        }
    }

    private static void socket(Tls trusting, int port) {
        WebSocketClientConfig config = WebSocketClientConfig.to("wss://127.0.0.1:" + port + "/")
                .withConnect(ConnectConfig.defaults().withTls(trusting));
        try {
            WebSockets.connect(config).close();
        } catch (SessionClosed | ConnectionLost noSocket) {
            // It has accepted the certificate, and then there is a page.
        }
    }

    private static void msgi(Tls trusting, int port) {
        MessagingClientConfig config = MessagingClientConfig.to("c", Endpoint.of("127.0.0.1", port))
                .withBare()
                .withConnect(ConnectConfig.defaults().withTls(trusting));
        MessagingClient.open(config).close();
    }

    /// Which clients of openssl a server of ours answers that asks them for a certificate.
    private static void admitted(String who, Tls tls, List<String> lines) throws Exception {
        try (HttpServer server = HttpServer.start(
                ListenConfig.on("127.0.0.1:0").withTls(tls), HttpConfig.defaults(), request -> Response.noContent())) {
            for (String certificate : SHOWN) {
                String shown = certificate.isEmpty() ? "none" : certificate;
                boolean isIn = OpenSsl.isAnswered(server.endpoint(), folder, certificate);
                lines.add(who + " asking | " + shown + " | " + (isIn ? "accepted" : "refused"));
            }
        }
    }
}
