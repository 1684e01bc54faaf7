package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.StaticFilesConfig;
import io.hawser.http.TrustedNetworks;
import io.hawser.hub.FileSite;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Reload;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.AuthConfig;
import io.hawser.hub.access.JwtAlgorithm;
import io.hawser.hub.access.JwtConfig;
import io.hawser.hub.access.JwtKey;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReloadTest {
    private static final HubConfig CONFIG = HubConfig.on(ListenConfig.on("127.0.0.1:0"));

    @TempDir
    private Path folder;

    private static String get(Hub hub, String path, String... fields) throws IOException {
        Endpoint at = hub.endpoint();
        try (Socket socket = new Socket(at.host(), at.port())) {
            socket.setSoTimeout(30_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + String.join("", fields) + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private FileSite site(String path) {
        return new FileSite(path, folder, StaticFilesConfig.defaults().withCacheControl("*.js", "max-age=3600"));
    }

    @Test
    void filesAreServedWithTheirCacheRulesAndExchanged() throws IOException {
        Files.writeString(folder.resolve("app.js"), "let x");
        try (Hub hub = Hub.start(CONFIG.withFiles(site("/site")))) {
            assertThat(get(hub, "/site/app.js"))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("cache-control: max-age=3600")
                    .endsWith("let x");
            assertThat(get(hub, "/sites/app.js")).startsWith("HTTP/1.1 404");
            assertThat(get(hub, "/plaintext")).endsWith("Hello, World!");
            Reload reload = hub.reload(CONFIG.withFiles(site("/other")));
            assertThat(reload).isEqualTo(new Reload(List.of("hub.files"), List.of()));
            assertThat(get(hub, "/site/app.js")).startsWith("HTTP/1.1 404");
            assertThat(get(hub, "/other/app.js")).endsWith("let x");
        }
    }

    /// A certificate and its key, in the files of the server.
    private String renewed() throws IOException {
        TlsIdentity.InMemory made = Tls.selfSigned().identity().orElseThrow().load();
        Files.writeString(folder.resolve("cert.pem"), made.certificatePem());
        Files.writeString(folder.resolve("key.pem"), made.keyPem());
        return made.certificatePem();
    }

    /// That a new connection is shown.
    private static void expectCertificate(Hub hub, String pem) {
        String url = "https://localhost:" + hub.endpoint().port();
        try (HttpClient client = HttpClient.open(HttpClientConfig.to(url)
                .withConnect(ConnectConfig.defaults().withTls(Tls.client().withTrustPem(pem))))) {
            assertThat(client.get("/plaintext").text()).isEqualTo("Hello, World!");
        }
    }

    @Test
    void aRenewedCertificateIsInForceAtOnceAndABrokenOneChangesNothing() throws IOException {
        String first = renewed();
        HubConfig config = CONFIG.withListen(
                CONFIG.listen().withTls(Tls.server(folder.resolve("cert.pem"), folder.resolve("key.pem"))));
        try (Hub hub = Hub.start(config)) {
            expectCertificate(hub, first);
            String second = renewed();
            List<String> changed = hub.reload(config).changed();
            for (int i = 0; i < 5 && changed.isEmpty(); i++) {
                // The hub has looked by itself in between, which it does every few seconds.
                expectCertificate(hub, second);
                second = renewed();
                changed = hub.reload(config).changed();
            }
            assertThat(changed).containsExactly("hub.server.tls");
            expectCertificate(hub, second);
            assertThat(hub.reload(config).changed()).isEmpty();
            Files.writeString(folder.resolve("cert.pem"), "broken");
            HubConfig other = config.withFiles(site("/site"));
            assertThatThrownBy(() -> hub.reload(other))
                    .isInstanceOf(StartupFailed.class)
                    .hasMessageContaining("cert.pem");
            expectCertificate(hub, second);
            Files.writeString(folder.resolve("cert.pem"), second);
            assertThat(hub.reload(other).changed()).containsExactly("hub.files");
        }
    }

    @Test
    void aFolderThatIsNotThereChangesNothing() {
        try (Hub hub = Hub.start(CONFIG)) {
            TopicRules rules =
                    TopicRules.defaults().withDefault(TopicConfig.log().withSize(3));
            HubConfig wrong = CONFIG.withFiles(new FileSite("/x", folder.resolve("none"), StaticFilesConfig.defaults()))
                    .withCluster(CONFIG.cluster().withTopics(rules));
            assertThatThrownBy(() -> hub.reload(wrong)).isInstanceOf(StartupFailed.class);
            assertThat(hub.backplane().rules().of(Topic.of("x"))).isEqualTo(TopicConfig.log());
        }
    }

    @Test
    void topicsChangeUnlessOneWouldBeOfAnotherClass() {
        try (Hub hub = Hub.start(CONFIG)) {
            TopicRules smaller =
                    TopicRules.defaults().withDefault(TopicConfig.log().withSize(3));
            assertThat(hub.reload(CONFIG.withCluster(CONFIG.cluster().withTopics(smaller)))
                            .changed())
                    .containsExactly("hub.topics");
            assertThat(hub.backplane().rules().of(Topic.of("x")).size()).isEqualTo(3);
            TopicRules live = smaller.with("live.", TopicConfig.live());
            assertThat(hub.reload(CONFIG.withCluster(CONFIG.cluster().withTopics(live))))
                    .isEqualTo(new Reload(List.of(), List.of("hub.topics")));
            assertThat(hub.backplane().rules().of(Topic.of("live.x")).isLog()).isTrue();
            assertThat(hub.reload(CONFIG).changed()).containsExactly("hub.topics");
        }
    }

    @Test
    void whoMayUseTheHubNeedsARestart() {
        try (Hub hub = Hub.start(CONFIG.withAccess(access("0123456789abcdef0123456789abcdef")))) {
            assertThat(hub.reload(CONFIG.withAccess(access("0123456789abcdef0123456789abcdef")))
                            .needRestart())
                    .isEmpty();
            assertThat(hub.reload(CONFIG.withAccess(access("another one with thirty-two bytes")))
                            .needRestart())
                    .containsExactly("hub.auth");
            assertThat(hub.reload(CONFIG).needRestart()).contains("hub.auth");
        }
    }

    @Test
    void anotherAdminTokenAndWhoIsKeptOutNeedARestart() {
        AccessConfig token = AccessConfig.defaults().withAdminToken("the one that has leaked");
        HubConfig started = CONFIG.withAccess(token).withListen(protectedFrom("192.0.2.0/24"));
        try (Hub hub = Hub.start(started)) {
            assertThat(hub.reload(CONFIG.withAccess(token).withListen(protectedFrom("192.0.2.0/24")))
                            .needRestart())
                    .isEmpty();
            assertThat(hub.reload(started.withAccess(token.withAdminToken("a new one")))
                            .needRestart())
                    .containsExactly("the admin token");
            assertThat(hub.reload(started.withListen(protectedFrom("198.51.100.0/24")))
                            .needRestart())
                    .containsExactly("network.protection");
        }
    }

    private static ListenConfig protectedFrom(String denied) {
        return CONFIG.listen().withProtection(Protection.defaults().withDenied(TrustedNetworks.of(denied)));
    }

    private static AccessConfig access(String secret) {
        return AccessConfig.defaults()
                .withAuth(AuthConfig.none()
                        .withJwt(JwtConfig.of(JwtAlgorithm.HS256, JwtKey.secret("k", Bytes.ofUtf8(secret)))));
    }

    @Test
    void whatNeedsARestartIsNamed() {
        try (Hub hub = Hub.start(CONFIG)) {
            HubConfig other =
                    CONFIG.withNode("b").withIo(CONFIG.io().withThreads(7)).withListen(ListenConfig.on("127.0.0.1:1"));
            assertThat(hub.reload(other).needRestart()).containsExactly("hub.listen", "hub.server.node", "network.io");
            assertThat(hub.reload(other).needRestart()).hasSize(3);
            assertThat(hub.reload(CONFIG)).isEqualTo(new Reload(List.of(), List.of()));
            assertThat(hub.reload(CONFIG.withProtocols(CONFIG.protocols().withCompression(false)))
                            .needRestart())
                    .containsExactly("network.websocket.compression");
        }
    }

    @Test
    void whomTlsTrustsNeedsARestart() {
        Tls tls = Tls.selfSigned();
        HubConfig secured = CONFIG.withListen(CONFIG.listen().withTls(tls));
        try (Hub hub = Hub.start(secured)) {
            for (Tls other :
                    List.of(tls.withTrust(folder.resolve("trust.pem")), tls.withCrls(folder.resolve("crls.pem")))) {
                HubConfig changed = CONFIG.withListen(CONFIG.listen().withTls(other));
                assertThat(hub.reload(changed).needRestart()).containsExactly("hub.server.tls");
            }
            assertThat(hub.reload(secured)).isEqualTo(new Reload(List.of(), List.of()));
        }
    }

    @Test
    void connectionLimitsHoldFromThenOn() throws IOException {
        try (Hub hub = Hub.start(CONFIG)) {
            HubConfig one = CONFIG.withListen(CONFIG.listen().withMaxConnections(1));
            assertThat(hub.reload(one).changed()).containsExactly("network max_connections");
            try (Socket first = new Socket(hub.endpoint().host(), hub.endpoint().port())) {
                first.setSoTimeout(30_000);
                first.getOutputStream().write("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                assertThat(first.getInputStream().read()).isEqualTo('H');
                assertThat(get(hub, "/plaintext")).startsWith("HTTP/1.1 503");
            }
        }
    }

    @Test
    void asManyWebSocketsAsThereMayBeAnd503ForTheNext() throws IOException {
        String[] upgrade = {
            "Upgrade: websocket\r\n", "Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        };
        try (Hub hub = Hub.start(CONFIG)) {
            assertThat(hub.reload(CONFIG.withProtocols(CONFIG.protocols().withMaxWebSockets(1)))
                            .changed())
                    .containsExactly("network.websocket.max_connections");
            try (Socket first = new Socket(hub.endpoint().host(), hub.endpoint().port())) {
                first.setSoTimeout(30_000);
                String request = "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                        + String.join("", upgrade) + "\r\n";
                first.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                assertThat(new String(first.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                        .isEqualTo("HTTP/1.1 101");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> hub.sessions().count() == 1);
                assertThat(get(hub, "/ws", upgrade)).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
            }
        }
    }
}
