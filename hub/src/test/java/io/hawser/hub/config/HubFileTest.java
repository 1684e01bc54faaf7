package io.hawser.hub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.TlsTrust;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.config.ConfigFile;
import io.hawser.config.ConfigProblem;
import io.hawser.config.ConfigReading;
import io.hawser.http.UpstreamConfig;
import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.UpstreamSite;
import io.hawser.hub.access.Action;
import io.hawser.hub.access.Grant;
import io.hawser.hub.access.JwtAlgorithm;
import io.hawser.hub.access.JwtConfig;
import io.hawser.hub.access.JwtKey;
import io.hawser.hub.alerts.AlertCondition;
import io.hawser.hub.alerts.AlertRule;
import io.hawser.io.ExecutionMode;
import io.hawser.nats.NatsConfig;
import io.hawser.policy.Balance;
import io.hawser.policy.BalancerConfig;
import io.hawser.policy.BreakerConfig;
import io.hawser.policy.HealthConfig;
import io.hawser.policy.RetryConfig;
import io.hawser.tcp.AddressLimits;
import io.hawser.tcp.Protection;
import io.hawser.tcp.Rate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aVariableOfOneKeyIsNotOfAnotherThatItsNameBeginsWith() {
        HubFile read = ConfigFile.none()
                .withProperties(Map.of())
                .withEnvironment(Map.of(
                        "HAWSER_HUB_AUTH_JWT_ALGORITHMS", "ES256",
                        "HAWSER_HUB_AUTH_JWT_KEY_SET_URL", "http://127.0.0.1:1/keys"))
                .read(HubFile.class)
                .value();
        assertThat(read.toConfig().access().auth().jwt().orElseThrow().keySetUrl())
                .contains(URI.create("http://127.0.0.1:1/keys"));
    }

    @Test
    void whatWasRevokedIsLookedUpWhereClientsAreAskedForCertificates() throws IOException {
        String tls = "hub.server.tls { client_crls = crls.pem, client_trust = ca.pem }";
        assertThat(config(tls).listen().tls().orElseThrow().trust())
                .isEqualTo(new TlsTrust.Unrevoked(
                        new TlsTrust.PemFile(folder.resolve("ca.pem")), folder.resolve("crls.pem")));
        assertThatThrownBy(() -> config("hub.server.tls.client_crls = crls.pem"))
                .isInstanceOf(StartupFailed.class)
                .hasMessageContaining("client_crls: only with client_trust");
    }

    @Test
    void whoServesOthersWithoutTlsBesideItIsToldUnlessThatIsMeant() throws IOException {
        assertThat(advice("hub { listen = \"0.0.0.0:9000\", server.tls {} }"))
                .hasValueSatisfying(advice -> assertThat(advice).contains("0.0.0.0:9000", "plain_allowed"));
        assertThat(advice("hub { listen = \"0.0.0.0:9000\", server.tls.plain_allowed = true }"))
                .isEmpty();
        assertThat(advice("hub { listen = \"0.0.0.0:9000\", server.tls.plain_allowed = false }"))
                .isEmpty();
        assertThat(advice("hub.server.tls {}")).isEmpty();
        assertThat(advice("hub.listen = \"0.0.0.0:9000\"")).isEmpty();
    }

    private Optional<String> advice(String text) throws IOException {
        HubFile file = read(text).value();
        return file.advice(file.toConfig().listen());
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
    void clientsOfProgramsAreCheckedAndPrintedThoughTheHubOpensNone() throws IOException {
        ConfigReading<HubFile> reading =
                read("network.api_clients { x { base_url = \"http://x.test\", rate_limit = 9 } }");
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.entries().toString()).contains("network.api_clients.x.rate_limit = 9");
        assertThat(read("network.api_clients { x { rate_limit = 9 } }").problems())
                .extracting(ConfigProblem::key)
                .containsExactly("network.api_clients.x.base_url");
    }

    @Test
    void servicesBehindTheHubAreRead() throws IOException {
        HubConfig config = config("""
                network.http.timeout = 7s
                hub.upstreams {
                  shop { path = "/shop", strip_path = true, endpoints = ["http://127.0.0.1:8081", "http://[::1]"],
                         balance = least_requests, retry { attempts = 2 }, breaker { min_calls = 5 },
                         health { path = "/health", interval = 3s }, cache = true }
                  wiki { path = "Wiki.Example/", endpoints = ["https://wiki.internal"] }
                }
                """);
        UpstreamSite shop = config.sites().upstreams().getFirst();
        assertThat(shop.path()).isEqualTo("/shop");
        assertThat(shop.isStripped() && shop.isCached()).isTrue();
        assertThat(shop.endpoints()).containsExactly(Endpoint.of("127.0.0.1", 8081), Endpoint.of("::1", 80));
        assertThat(shop.config())
                .isEqualTo(UpstreamConfig.named("shop")
                        .withBalancer(BalancerConfig.defaults().withBalance(Balance.LEAST_REQUESTS))
                        .withRetry(RetryConfig.defaults().withAttempts(2))
                        .withBreaker(BreakerConfig.defaults().withMinCalls(5))
                        .withAttemptTimeout(Duration.ofSeconds(7))
                        .withHealth("/health", HealthConfig.defaults().withInterval(Duration.ofSeconds(3))));
        UpstreamSite wiki = config.sites().upstreams().getLast();
        assertThat(wiki.host() + " " + wiki.path()).isEqualTo("wiki.example ");
        assertThat(wiki.config().tls()).isTrue();
        assertThat(wiki.endpoints()).containsExactly(Endpoint.of("wiki.internal", 443));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path = \"/api/x\", endpoints = [\"http://a\"]",
                "path = \"/\", endpoints = [\"http://a\"]",
                "path = \"x\", endpoints = [\"http://a\"]",
                "path = \"/x\", endpoints = []",
                "path = \"/x\", endpoints = [\"http://a\", \"https://b\"]",
                "path = \"/x\", endpoints = [\"http://a/path\"]",
                "path = \"/x\", endpoints = [\"http://u:p@a\"]",
                "path = \"/x\", endpoints = [\"ftp://a\"]",
                "path = \"/x\", endpoints = [\"http://a\"], health { path = \"health\" }",
                "path = \"/x\", endpoints = [\"http://a\"], retry { attempts = 0 }",
                "path = \"/x\"",
                "endpoints = [\"http://a\"]"
            })
    void aServiceThatCannotBeIsAProblemOfTheFile(String service) throws IOException {
        assertThat(read("hub.upstreams.shop { " + service + " }").problems()).isNotEmpty();
    }

    @Test
    void whoMayDoWhatIsRead() throws IOException {
        HubConfig config = config("""
                hub {
                  server { names = [hub.test], origins = ["https://app.test:443"] }
                  auth {
                    jwt { algorithms = [HS256], keys = [ { secret = "0123456789abcdef0123456789abcdef" } ], issuer = me }
                    secrets { ann = "a secret of ann's" }
                    grants = [ { users = ["*"], actions = [subscribe, history], topics = ["news.>"] } ]
                  }
                }
                """);
        JwtKey key = JwtKey.secret("", Bytes.ofUtf8("0123456789abcdef0123456789abcdef"));
        assertThat(config.access().auth().jwt())
                .contains(JwtConfig.of(JwtAlgorithm.HS256, key).withIssuer("me"));
        assertThat(config.access().auth().secrets()).containsOnlyKeys("ann");
        assertThat(config.access().auth().grants())
                .containsExactly(Grant.toEveryone(Set.of(Action.SUBSCRIBE, Action.HISTORY), "news.>"));
        assertThat(config.access().names()).containsExactly("hub.test");
        assertThat(config.access().origins()).containsExactly("https://app.test:443");
        assertThat(config.bareMode()).isEqualTo(BareMode.OFF);
    }

    @Test
    void whatNobodyMayKnowIsNotPrinted() throws IOException {
        ConfigReading<HubFile> reading = read("""
                hub.auth { secrets { ann = "a secret of ann's" }
                  jwt { algorithms = [HS256], keys = [ { secret = "0123456789abcdef0123456789abcdef" } ] } }
                hub.alerts { a { when = "heap > 0.9", webhook = "https://hooks.test/0123456789" } }
                """);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.entries().toString()).doesNotContain("of ann's").doesNotContain("0123456789");
    }

    @Test
    void alertsAreRead() throws IOException {
        assertThat(config("hub.alerts { errors { when = \"error_ratio > 5%\", over = 2m } }")
                        .alerts()
                        .rules())
                .containsExactly(new AlertRule(
                        "errors", AlertCondition.parse("error_ratio > 0.05"), Duration.ofMinutes(2), Optional.empty()));
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
    void certificatesToTrustThatAreNotThereAreNamedBeforeTheHubStarts() throws IOException {
        Path authority = folder.resolve("ca.pem");
        HubConfig config = config("hub { listen = \"127.0.0.1:0\" }");
        HubConfig trusting =
                config.withListen(config.listen().withTls(Tls.selfSigned().withTrust(authority)));
        assertThatThrownBy(() -> Hub.check(trusting))
                .isInstanceOf(StartupFailed.class)
                .hasMessage("TLS trust " + authority + " does not exist");
    }

    @Test
    void credentialsThatCannotBeUsedAreNamedBeforeTheHubStarts() throws IOException {
        HubConfig config = config("hub.nats { url = \"nats://a:1\", credentials = hub.creds }");
        assertThatThrownBy(() -> Hub.check(config))
                .isInstanceOf(StartupFailed.class)
                .hasMessage("NATS credentials " + folder.resolve("hub.creds") + ": there is no such file");
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
                        .withRequests(
                                Rate.of(0, AddressLimits.defaults().requests().burst())));
        assertThat(protection.reserve()).isEqualTo(2);
        assertThat(read("network.protection.denied = [\"10.0.0.1/8\"]").problems())
                .singleElement()
                .asString()
                .contains("denied");
    }

    @Test
    void secretsAreShownToNobody() throws IOException {
        ConfigReading<HubFile> reading = read("""
                hub.auth {
                  jwt { algorithms = [HS256], keys = [ { secret = "0123456789abcdef0123456789abcdef" } ] }
                  secrets { ann = "a secret of sixteen" }
                }
                hub.alerts { a { when = "heap > 0.9", webhook = "https://hooks.test/0123456789abcdef" } }
                """);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.entries().toString()).doesNotContain("0123456789abcdef", "a secret of");
        assertThat(reading.value().toConfig().toString()).doesNotContain("0123456789abcdef", "a secret of");
        assertThat(reading.value().toString()).doesNotContain("0123456789abcdef", "a secret of");
    }
}
