package io.hawser.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.config.ConfigFile;
import io.hawser.config.ConfigReading;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.JwtAlgorithm;
import io.hawser.hub.alerts.AlertCondition;
import io.hawser.policy.Balance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example that says what a file looks like, whole: what is of programs and what is of the hub.
final class ContractExampleTest {
    private static final String EXAMPLE = """
            network {
              max_connections = 10000, io_threads = 0
              http        { timeout = 30s, max_connections = 100, retry_attempts = 3 }
              websocket   { heartbeat_interval = 30s, max_connections = 1000 }
              messaging   { max_connections = 1000, message_size_limit = 1MiB, timeout = 30s }
              io          { threads = 0, queue_size_per_thread = 1024, affinity = false, name = hawser-io }
              api_clients { openai { base_url = "https://api.openai.com", rate_limit = 60, timeout = 60s } }
            }
            hub {
              listen = "127.0.0.1:9000"
              files = [ { path = "/site", root = "./public", cache = { "*.js" = "max-age=3600" } } ]
              upstreams { shop { path = "/shop", strip_path = true, endpoints = ["http://127.0.0.1:8081", "http://127.0.0.1:8082"],
                                 balance = p2c, retry { attempts = 3 }, breaker {}, health { path = "/health", interval = 5s }, cache = false } }
              topics { "live." { class = live }, "room." { class = log, size = 128, age = 5m, bytes = 1MiB } }
              auth { jwt { algorithms = [ES256], keys = [...] } }            # none: everyone may connect, so loopback only
              nats { url = "nats://127.0.0.1:4222", credentials = "", tls {}, cluster_key_file = "", replicas = 1, storage = file }
              alerts { errors { when = "error_ratio > 0.05", over = 1m, webhook = "https://..." } }
            }
            """;

    @TempDir
    private Path folder;

    private ConfigReading<HubFile> read() throws IOException, GeneralSecurityException {
        String filled = EXAMPLE.replace("keys = [...]", "keys = [ { public_key = \"\"\"" + publicKey() + "\"\"\" } ]")
                .replace("\"https://...\"", "\"https://hooks.test/T0\"");
        assertThat(filled).as("nothing else is filled in").doesNotContain("...");
        Files.createDirectories(folder.resolve("public"));
        return ConfigFile.of(Files.writeString(folder.resolve("hub.conf"), filled))
                .withEnvironment(Map.of())
                .withProperties(Map.of())
                .read(HubFile.class);
    }

    private static String publicKey() throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        String encoded = Base64.getMimeEncoder()
                .encodeToString(pairs.generateKeyPair().getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n";
    }

    @Test
    void theHubRunsByItWithOnlyItsGapsFilledIn() throws IOException, GeneralSecurityException {
        ConfigReading<HubFile> reading = read();
        assertThat(reading.problems()).isEmpty();
        HubConfig config = reading.value().toConfig();
        Hub.check(config);
        assertThat(config.listen().endpoint()).hasToString("127.0.0.1:9000");
        assertThat(config.sites().files().getFirst().path()).isEqualTo("/site");
        assertThat(config.sites().upstreams()).singleElement().satisfies(shop -> {
            assertThat(shop.path()).isEqualTo("/shop");
            assertThat(shop.endpoints()).hasSize(2);
            assertThat(shop.config().balancer().balance()).isEqualTo(Balance.P2C);
        });
        assertThat(config.cluster().topics().of(Topic.of("live.x"))).isEqualTo(TopicConfig.live());
        assertThat(config.cluster().nats()).isPresent();
        assertThat(config.access().auth().jwt().orElseThrow().algorithms()).containsExactly(JwtAlgorithm.ES256);
        assertThat(config.alerts().rules()).singleElement().satisfies(rule -> {
            assertThat(rule.when()).isEqualTo(AlertCondition.parse("error_ratio > 5%"));
            assertThat(rule.over()).isEqualTo(Duration.ofMinutes(1));
            assertThat(rule.webhook()).isEqualTo(Optional.of(URI.create("https://hooks.test/T0")));
        });
    }

    @Test
    void whatIsPrintedOfItNamesItsLines() throws IOException, GeneralSecurityException {
        assertThat(read().entries())
                .extracting(Object::toString)
                .anyMatch(line -> line.startsWith("network.api_clients.openai.rate_limit = 60  # ")
                        && line.endsWith("hub.conf:7"))
                .anyMatch(line -> line.startsWith("hub.topics.\"room.\".size = 128  # "))
                .noneMatch(line -> line.contains("hooks.test/T0"));
    }
}
