package io.hawser;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.hawser.architecture.DependencyRules;
import io.hawser.architecture.SourceTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Holds the source tree to its design.
final class ArchitectureTest {
    /// The public classes that may use internal ones: they construct them, or parse and print with them.
    private static final Set<String> ENTRY_POINTS = Set.of(
            "Tls",
            "config.ConfigFile",
            "TlsIdentity",
            "io.IoThreads",
            "cluster.LocalBackplane",
            "cluster.Publication",
            "cluster.Subscriptions",
            "http.Answers",
            "http.HttpCall",
            "http.HttpClient",
            "http.HttpClientConfig",
            "http.HttpServer",
            "http.Proxy",
            "metrics.HttpMetrics",
            "metrics.IoMetrics",
            "metrics.TopicMetrics",
            "client.HubSession",
            "client.MsgiWire",
            "messaging.Codec",
            "messaging.Compression",
            "messaging.Container",
            "messaging.ContainerBuilder",
            "messaging.Encryption",
            "messaging.Field",
            "messaging.Frame",
            "messaging.KeyRing",
            "messaging.MessagingClient",
            "messaging.MessagingServer",
            "messaging.Party",
            "messaging.Pipeline",
            "policy.CallMetrics",
            "policy.CircuitBreaker",
            "pool.ConnectionManager",
            "pool.ConnectionPool",
            "pool.Lease",
            "pool.ManagedConnection",
            "pool.Watch",
            "Server",
            "session.Message",
            "session.Receipt",
            "session.Topics",
            "messaging.Signing",
            "messaging.Value",
            "tcp.Protocol",
            "tcp.TcpClient",
            "tcp.TcpServer",
            "http.AccessLog",
            "http.Authorization",
            "http.BasicAuthentication",
            "http.BatchFormat",
            "http.BearerAuthentication",
            "websocket.WebSocket",
            "websocket.WebSocketConfig",
            "websocket.WebSockets",
            "http.Body",
            "http.BodyLimit",
            "http.CacheStore",
            "http.ChatStream",
            "http.ConditionalRequests",
            "http.ClientCredentials",
            "http.CookieJar",
            "http.Cookies",
            "http.Cors",
            "http.CrossSiteGuard",
            "http.Decompression",
            "http.DigestAuthorization",
            "http.EventSource",
            "http.EventStreams",
            "http.FixedModes",
            "tick.SharedState",
            "tick.Ticker",
            "tick.ValueCodec",
            "http.Forwarding",
            "http.Headers",
            "http.HttpCache",
            "http.HttpCacheConfig",
            "http.HttpClassifier",
            "http.MessageSignatures",
            "http.Method",
            "http.MultipartReader",
            "http.Paging",
            "http.Parameters",
            "http.PolicyFilter",
            "http.Redirects",
            "http.Request",
            "http.RequestBursts",
            "http.RequestSigning",
            "http.RequestIds",
            "http.Router",
            "http.Response",
            "http.ResponseCompression",
            "http.SetCookie",
            "http.StaticFiles",
            "http.WebhookVerifier",
            "http.TrustedParts");

    /// Those that are published, then the others.
    private static final List<String> PUBLISHED = List.of("core", "testkit", "nats", "openai");

    private static final List<String> MODULES =
            List.of("core", "testkit", "nats", "openai", "hub", "conformance", "examples", "benchmarks");

    /// Packages whose code an event loop reaches with the first connections of a process.
    private static final List<String> ON_EVENT_LOOPS = List.of(
            "io.hawser.internal.cbor",
            "io.hawser.internal.http",
            "io.hawser.internal.http1",
            "io.hawser.internal.http2",
            "io.hawser.internal.io",
            "io.hawser.internal.item",
            "io.hawser.internal.json",
            "io.hawser.internal.link",
            "io.hawser.internal.session",
            "io.hawser.internal.tls",
            "io.hawser.internal.topic",
            "io.hawser.internal.websocket",
            "io.hawser.hub.v1");

    /// Where secrets, or what proves that one is known, are compared with what a peer shows.
    private static final List<String> COMPARING_SECRETS = List.of(
            "/hawser/hub/access/",
            "/hawser/hub/v1/",
            "/hawser/nats/",
            "/hawser/messaging/",
            "/hawser/internal/pipeline/",
            "/hawser/internal/http/Credentials.java",
            "/hawser/http/BasicAuthentication.java",
            "/hawser/http/BearerAuthentication.java",
            "/hawser/http/WebhookVerifier.java");

    private static final Path CORE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path TREE = CORE.resolve("..").normalize();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(Bytes.class.getProtectionDomain().getCodeSource().getLocation());
    private final DependencyRules rules = new DependencyRules("io.hawser");

    @Test
    void dependenciesRunOneWay() {
        rules.direction().check(CLASSES);
    }

    @Test
    void everyPackageHasItsPlace() {
        rules.known().check(CLASSES);
    }

    @Test
    void publicClassesUseInternalOnesOnlyWhereListed() {
        rules.internalOnlyFrom(ENTRY_POINTS).check(CLASSES);
    }

    @Test
    void nettyIsSeenInInternalPackagesOnly() {
        rules.nettyOnlyInside().check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        rules.names().check(CLASSES);
    }

    @Test
    void filesAreShort() {
        assertThat(SourceTree.of(TREE, MODULES).tooLong()).isEmpty();
    }

    @Test
    void whatEventLoopsRunHasNoSwitchOverTypes() {
        assertThat(SourceTree.of(TREE, MODULES).switchesOverTypes(ON_EVENT_LOOPS))
                .isEmpty();
        assertThat(SourceTree.of(TREE, MODULES).switchesOverTypes(List.of("io.hawser.messaging", "io.hawser.policy")))
                .contains(
                        "core/src/main/java/io/hawser/messaging/Value.java",
                        "core/src/main/java/io/hawser/policy/Failures.java");
    }

    /// How long a comparison takes must not tell how much of a guess was right.
    @Test
    void secretsAreComparedInATimeThatTellsNothing() {
        SourceTree tree = SourceTree.of(TREE, MODULES);
        assertThat(tree.looseComparisons(COMPARING_SECRETS)).isEmpty();
        assertThat(tree.strictComparisons())
                .containsExactlyInAnyOrder(
                        "core/src/main/java/io/hawser/http/BasicAuthentication.java",
                        "core/src/main/java/io/hawser/http/BearerAuthentication.java",
                        "core/src/main/java/io/hawser/http/WebhookVerifier.java",
                        "core/src/main/java/io/hawser/internal/http/Credentials.java",
                        "core/src/main/java/io/hawser/internal/pipeline/Verifier.java",
                        "hub/src/main/java/io/hawser/hub/access/AdminCookie.java",
                        "hub/src/main/java/io/hawser/hub/access/Authenticator.java",
                        "hub/src/main/java/io/hawser/hub/access/JwtKey.java",
                        "hub/src/main/java/io/hawser/hub/v1/ResumeTokens.java",
                        "nats/src/main/java/io/hawser/nats/NodeEnvelope.java");
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(SourceTree.of(TREE, MODULES).notNullMarked()).isEmpty();
    }

    @Test
    void everyPublicTypeOfTheApiSaysWhatItIs() {
        assertThat(SourceTree.of(TREE, PUBLISHED).undocumented()).isEmpty();
    }

    @Test
    void theRulesSeeTheTree() {
        assertThat(CLASSES.contain(Bytes.class)).isTrue();
        assertThat(SourceTree.of(TREE, MODULES).files()).contains(CORE.resolve("src/main/java/io/hawser/Bytes.java"));
    }
}
