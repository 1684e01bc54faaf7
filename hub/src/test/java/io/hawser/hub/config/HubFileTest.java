package io.hawser.hub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.StartupFailed;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.config.ConfigFile;
import io.hawser.config.ConfigReading;
import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.Action;
import io.hawser.hub.access.AuthConfig;
import io.hawser.hub.access.Grant;
import io.hawser.hub.access.JwtAlgorithm;
import io.hawser.hub.alerts.AlertCondition;
import io.hawser.hub.alerts.AlertRule;
import io.hawser.io.ExecutionMode;
import io.hawser.nats.NatsConfig;
import io.hawser.Endpoint;
import io.hawser.tcp.AddressLimits;
import io.hawser.tcp.Protection;
import io.hawser.tcp.Rate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubFileTest {
    @TempDir
    private Path folder;

    private ConfigReading<HubFile> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("hub.conf"), text);
        return ConfigFile.of(file)
                .withEnvironment(Map.of())
                .withProperties(Map.of())
                .read(HubFile.class);
    }

    private HubConfig config(String text) throws IOException {
        return read(text).value().toConfig();
    }

    @Test
    void anEmptyFileIsTheHubOfTheCommandLine() throws IOException {
        HubConfig config = config("");
        assertThat(config.listen().endpoint()).hasToString("127.0.0.1:9000");
        assertThat(config.bareMode()).isEqualTo(BareMode.MANAGED);
        assertThat(config.protocols().messaging().session())
                .isEqualTo(HubConfig.on(config.listen()).protocols().messaging().session());
    }

    @Test
    void everySettingReachesTheHub() throws IOException {
        HubConfig config = config("""
                network {
                  max_connections = 7
                  io.threads = 2
                  websocket { heartbeat_interval = 5, max_connections = 5 }
                  messaging { max_connections = 6, message_size_limit = 2KiB, timeout = 3s }
                }
                hub {
                  listen = "127.0.0.1:0"
                  server {
                    node = a, bare = echo, handlers = virtual, tls { plain_allowed = false }
                    limits { soft_queue = 1KiB, hard_queue = 2KiB, max_in_flight = 3, idle_timeout = 4m, stall_timeout = 6s }
                    http { max_body = 1MiB }
                  }
                  topics { "": { size = 9 }, "live." { class = live } }
                  nats { url = "nats://a:1, nats://b:2", storage = memory, replicas = 3, credentials = "", tls {} }
                }
                """);
        assertThat(config.listen().maxConnections()).isEqualTo(7);
        assertThat(config.listen().protocolLimits()).isEqualTo(Map.of("msgi", 6));
        assertThat(config.listen().tls()).isPresent();
        assertThat(config.listen().isPlainAllowed()).isFalse();
        assertThat(config.io().threads()).isEqualTo(2);
        assertThat(config.node()).isEqualTo("a");
        assertThat(config.bareMode()).isEqualTo(BareMode.ECHO);
        assertThat(config.protocols().handlers()).isEqualTo(ExecutionMode.VIRTUAL);
        assertThat(config.protocols().maxWebSockets()).isEqualTo(5);
        assertThat(config.protocols().http().maxBodyBytes()).isEqualTo(1 << 20);
        assertThat(config.protocols().messaging().maxMessageBytes()).isEqualTo(2048);
        assertThat(config.protocols().messaging().session().pingAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.protocols().messaging().session().limits()).satisfies(limits -> {
            assertThat(limits.softQueueBytes()).isEqualTo(1024);
            assertThat(limits.hardQueueBytes()).isEqualTo(2048);
            assertThat(limits.maxInFlight()).isEqualTo(3);
            assertThat(limits.idleTimeout()).isEqualTo(Duration.ofMinutes(4));
            assertThat(limits.stallTimeout()).isEqualTo(Duration.ofSeconds(6));
            assertThat(limits.frameTimeout()).isEqualTo(Duration.ofSeconds(3));
        });
        assertThat(config.cluster().topics().of(Topic.of("any")))
                .isEqualTo(TopicConfig.log().withSize(9));
        assertThat(config.cluster().topics().of(Topic.of("live.x"))).isEqualTo(TopicConfig.live());
        assertThat(config.cluster().nats())
                .contains(NatsConfig.of("nats://a:1", "nats://b:2")
                        .withInMemory(true)
                        .withReplicas(3));
    }

    @Test
    void whatIsNotThereYetSaysSo() throws IOException {
        assertThat(read("""
                        hub.upstreams { shop { path = "/shop" } }
                        """).problems())
                .extracting(problem -> problem.key() + " " + problem.message())
                .contains("hub.upstreams is not supported yet");
        assertThat(read("network.api_clients { x { base_url = \"http://x.test\" } }").problems())
                .extracting(problem -> problem.key() + problem.message())
                .containsExactly("network: api_clients are for programs, the hub has none");
        assertThat(config("network.http.retry_attempts = 7").alerts().http().retryAttempts()).isEqualTo(7);
    }

    @Test
    void alertsAreReadAndTheirWebhooksShownToNobody() throws IOException {
        ConfigReading<HubFile> reading = read("""
                hub.alerts { errors { when = "error_ratio > 5%", over = 2m, webhook = "https://hooks.test/0123456789" } }
                """);
        assertThat(reading.value().toConfig().alerts().rules())
                .containsExactly(new AlertRule(
                        "errors",
                        AlertCondition.parse("error_ratio > 0.05"),
                        Duration.ofMinutes(2),
                        Optional.of(URI.create("https://hooks.test/0123456789"))));
        assertThat(reading.entries().toString()).doesNotContain("0123456789");
        assertThat(reading.value().toConfig().toString()).doesNotContain("0123456789");
        assertThat(reading.value().toString()).doesNotContain("0123456789");
        assertThat(read("hub.alerts { x { when = \"errors > 1\" } }").problems())
                .extracting(problem -> problem.key() + " " + problem.message())
                .singleElement()
                .asString()
                .startsWith("hub.alerts.x.when 'errors' is none of error_ratio, requests,");
    }

    @Test
    void theHubsOwnTopicsAndPathsAreRefused() throws IOException {
        assertThat(read("hub { topics { \"$hub.\" {} }, files = [ { path = \"/api/x\", root = \".\" } ] }")
                        .problems())
                .extracting(problem -> problem.key() + " " + problem.message())
                .containsExactlyInAnyOrder("hub.files.0.path '/api/x': the hub's own");
        assertThat(read("hub.topics { \"$hub.\" {} }").problems())
                .extracting(problem -> problem.key() + " " + problem.message())
                .containsExactly("hub.topics '$hub.': the hub's own");
    }

    @Test
    void aFolderThatIsNotThereIsNamedBeforeTheHubStarts() throws IOException {
        HubConfig config = config("hub.files = [ { path = \"/site\", root = nowhere } ]");
        assertThatThrownBy(() -> Hub.check(config))
                .isInstanceOf(StartupFailed.class)
                .hasMessage("no folder " + folder.resolve("nowhere") + " to serve at /site");
    }

    @Test
    void whoMayUseTheHubIsSaidInTheFile() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        String base64 = Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        Files.writeString(folder.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
        Files.writeString(folder.resolve("token"), "a token\n");
        AccessConfig access = config("""
                hub.auth {
                  jwt {
                    algorithms = [HS256, EdDSA], issuer = "https://id.example", audience = hub, leeway = 5s
                    keys = [ { id = k1, secret = "0123456789abcdef0123456789abcdef" }, { file = key.pem } ]
                  }
                  secrets { ann = "a secret of sixteen" }
                  certificates = true
                  grants = [ { users = [ann], actions = [subscribe, history], topics = ["room.>"] }, { actions = [who] } ]
                  admin_token_file = token
                  names = [hub.local]
                  origins = ["https://app.example"]
                }
                """).access();
        assertThat(access.adminToken()).contains("a token");
        assertThat(access.names()).containsExactly("hub.local");
        assertThat(access.origins()).containsExactly("https://app.example");
        AuthConfig auth = access.auth();
        assertThat(auth.isNone()).isFalse();
        assertThat(auth.jwt().orElseThrow().algorithms()).containsOnly(JwtAlgorithm.HS256, JwtAlgorithm.EDDSA);
        assertThat(auth.jwt().orElseThrow().keys()).hasSize(2);
        assertThat(auth.jwt().orElseThrow().leeway()).isEqualTo(Duration.ofSeconds(5));
        assertThat(auth.secrets()).containsOnlyKeys("ann");
        assertThat(auth.isCertificateEnough()).isTrue();
        assertThat(auth.grants()).containsExactly(
                new Grant(Set.of("ann"), Set.of(Action.SUBSCRIBE, Action.HISTORY), List.of("room.>")),
                Grant.toEveryone(Set.of(Action.WHO), ">"));
        assertThatThrownBy(() -> config("hub.auth.jwt { algorithms = [HS256], keys = [ { id = a } ] }"))
                .hasMessageContaining("a secret or a file");
    }

    @Test
    void secretsAreShownToNobody() throws IOException {
        ConfigReading<HubFile> reading = read("""
                hub.auth {
                  jwt { algorithms = [HS256], keys = [ { secret = "0123456789abcdef0123456789abcdef" } ] }
                  secrets { ann = "a secret of sixteen" }
                }
                """);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.entries().toString()).doesNotContain("0123456789abcdef", "a secret of");
        assertThat(reading.value().toConfig().toString()).doesNotContain("0123456789abcdef", "a secret of");
        assertThat(reading.value().toString()).doesNotContain("0123456789abcdef", "a secret of");
    }

    @Test
    void whoIsKeptOutAndWhatAnAddressMayAskIsSaidByNetworks() throws IOException {
        Protection protection = config("""
                network.protection {
                  admitted = ["192.0.2.0/24"], denied = ["192.0.2.66"], proxies = ["10.0.0.1"], exempt = []
                  per_address { max_connections = 3, arrivals { per_second = 4, burst = 5 }, requests.per_second = 0 }
                  reserve = 2
                }
                """).listen().protection();
        assertThat(protection.admitted()).accepts(Endpoint.of("192.0.2.1", 1)).rejects(Endpoint.of("198.51.100.1", 1));
        assertThat(protection.denied()).accepts(Endpoint.of("192.0.2.66", 1)).rejects(Endpoint.of("192.0.2.1", 1));
        assertThat(protection.proxies().orElseThrow()).accepts(Endpoint.of("10.0.0.1", 1));
        assertThat(protection.exempt()).rejects(Endpoint.of("127.0.0.1", 1));
        assertThat(protection.perAddress())
                .isEqualTo(AddressLimits.defaults()
                        .withMaxConnections(3)
                        .withArrivals(Rate.of(4, 5))
                        .withRequests(Rate.of(0, AddressLimits.defaults().requests().burst())));
        assertThat(protection.reserve()).isEqualTo(2);
        assertThat(read("network.protection.denied = [\"10.0.0.1/8\"]").problems())
                .singleElement()
                .asString()
                .contains("denied");
    }
}
