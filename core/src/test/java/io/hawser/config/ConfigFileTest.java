package io.hawser.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.io.IoConfig;
import io.hawser.io.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileTest {
    /// Of everything that a record can have.
    public record Sample(
            @Setting(required = true) Endpoint listen,
            Optional<Path> folder,
            List<String> names,
            Map<String, Inner> inner,
            @Setting(secret = true) String password,
            URI broker,
            @Setting(supported = false) Optional<Boolean> later,
            @Setting(name = "class") Transport kind) {
        public static Sample defaults() {
            return new Sample(
                    Endpoint.parse("127.0.0.1:1"),
                    Optional.empty(),
                    List.of("a"),
                    Map.of(),
                    "none",
                    URI.create("nats://user:word@host"),
                    Optional.empty(),
                    Transport.AUTO);
        }
    }

    public record Inner(int count, long maxBytes, double share) {
        public Inner {
            if (count < 1) throw new IllegalArgumentException("count " + count + ": at least 1");
        }

        public static Inner defaults() {
            return new Inner(1, 1024, 0.5);
        }
    }

    @TempDir
    private Path folder;

    private ConfigFile file(String text) throws IOException {
        Path file = folder.resolve("test.conf");
        Files.writeString(file, text);
        return ConfigFile.of(file).withEnvironment(Map.of()).withProperties(Map.of());
    }

    private static List<String> problems(ConfigReading<?> reading) {
        return reading.problems().stream()
                .map(each -> Path.of(each.origin()).getFileName() + " " + each.key() + " " + each.message())
                .toList();
    }

    @Test
    void theExampleOfTheContractIsRead() throws IOException {
        NetworkConfig network = file("""
                network {
                  max_connections = 10000, io_threads = 0
                  http        { timeout = 30s, max_connections = 100, retry_attempts = 3 }
                  websocket   { heartbeat_interval = 30s, max_connections = 1000 }
                  messaging   { max_connections = 1000, message_size_limit = 1MiB, timeout = 30s }
                  io          { threads = 3, queue_size_per_thread = 1024, affinity = false, name = hawser-io }
                  api_clients { openai { base_url = "https://api.openai.com", rate_limit = 60, timeout = 60s } }
                }
                """).read("network", NetworkConfig.class).value();
        assertThat(network.maxConnections()).isEqualTo(10_000);
        assertThat(network.http()).isEqualTo(new HttpClientSettings(Duration.ofSeconds(30), 100, 3, 4096));
        assertThat(network.websocket()).isEqualTo(new WebSocketSettings(Duration.ofSeconds(30), 1000, true));
        assertThat(network.messaging()).isEqualTo(new MessagingSettings(1000, 1 << 20, Duration.ofSeconds(30)));
        assertThat(network.io()).isEqualTo(IoConfig.defaults().withThreads(3));
        assertThat(network.apiClients())
                .isEqualTo(Map.of(
                        "openai",
                        new ApiClientSettings(URI.create("https://api.openai.com"), 60, Duration.ofSeconds(60))));
    }

    @Test
    void jsonIsReadToo() throws IOException {
        Path file = folder.resolve("app.json");
        Files.writeString(file, "{\"network\": {\"io_threads\": 2, \"http\": {\"timeout\": 1.5}}}");
        NetworkConfig network = NetworkConfig.load(file);
        assertThat(network.io().threads()).isEqualTo(2);
        assertThat(network.http().timeout()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void withoutAFileThereAreTheDefaults() {
        ConfigFile none = ConfigFile.none().withEnvironment(Map.of()).withProperties(Map.of());
        assertThat(none.read("network", NetworkConfig.class).value()).isEqualTo(NetworkConfig.defaults());
    }

    @Test
    void everyKindOfValueIsRead() throws IOException {
        Sample sample = file("""
                listen = "[::1]:9000"
                folder = public
                names = [ x, y ]
                inner { "a.b" { count = 7, max = 64KiB, share = 0.25 }, c {} }
                password = secret
                broker = "nats://host:4222"
                class = epoll
                """).read(Sample.class).value();
        assertThat(sample.listen()).isEqualTo(Endpoint.parse("[::1]:9000"));
        assertThat(sample.folder()).contains(folder.resolve("public"));
        assertThat(sample.names()).containsExactly("x", "y");
        assertThat(sample.inner()).isEqualTo(Map.of("a.b", new Inner(7, 64 << 10, 0.25), "c", Inner.defaults()));
        assertThat(sample.kind()).isEqualTo(Transport.EPOLL);
    }

    @Test
    void everyProblemNamesFileLineAndKeyAndWhatIsAllowed() throws IOException {
        ConfigReading<Sample> reading = file("""
                listen = "127.0.0.1"
                names = x
                inner { a { count = 0 }, b { cuont = 1 }, c { max = 1MB }, d = 5 }
                later = true
                class = fast
                password = [ 1 ]
                broker = null
                """).read(Sample.class);
        assertThat(problems(reading))
                .containsExactly(
                        "test.conf:1 listen no port at index 9 of \"127.0.0.1\": expected host:port",
                        "test.conf:2 names a list, such as [ a, b ]",
                        "test.conf:3 inner.a.count 0: at least 1",
                        "test.conf:3 inner.b.cuont unknown key; is it count?",
                        "test.conf:3 inner.c.max '1MB' is no size such as 64, 64KiB, 1MiB or 2GiB",
                        "test.conf:3 inner.d an object, such as { key = value }",
                        "test.conf:4 later is not supported yet",
                        "test.conf:5 class 'fast' is none of auto, io_uring, epoll, kqueue, nio",
                        "test.conf:6 password one value, not a list",
                        "test.conf:7 broker null is no value; without the key it has its default");
        assertThatThrownBy(reading::value)
                .isInstanceOf(StartupFailed.class)
                .hasMessageContaining("test.conf:1: listen: ")
                .hasMessageEndingWith(" (and 9 more)");
    }

    @Test
    void anUnknownSectionIsAProblemOfTheWholeAndNobodysOfAPart() throws IOException {
        ConfigFile file = file("listen = \"a:1\"\nshop { x = 1 }");
        assertThat(problems(file.read(Sample.class)))
                .containsExactly("test.conf:2 shop unknown key; there are listen, folder, names, inner, password,"
                        + " broker, later, class");
        assertThat(file.read("network", NetworkConfig.class).problems()).isEmpty();
    }

    @Test
    void aRequiredKeyIsMissed() throws IOException {
        assertThat(problems(file("").read(Sample.class))).containsExactly("test.conf listen is missing");
    }

    @Test
    void whatDoesNotParseIsAProblemOfItsLine() throws IOException {
        assertThat(file("a = 1\nb = {").read(Sample.class).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.origin()).endsWith("test.conf:2");
                    assertThat(problem.message()).doesNotContain("test.conf");
                });
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        ConfigReading<Sample> reading =
                ConfigFile.of(folder.resolve("none.conf")).read(Sample.class);
        assertThat(problems(reading)).containsExactly("none.conf  no such file");
    }

    @Test
    void aPropertyOverridesAVariableAndThatTheFile() throws IOException {
        ConfigFile file = file("network.io { threads = 1, queue_size_per_thread = 7, name = mine }")
                .withEnvironment(Map.of(
                        "HAWSER_NETWORK_IO_THREADS", "2",
                        "HAWSER_NETWORK_IO_QUEUE_SIZE_PER_THREAD", "8",
                        "HAWSER_LOG", "debug"))
                .withProperties(Map.of("hawser.network.io.threads", "3"));
        ConfigReading<NetworkConfig> reading = file.read("network", NetworkConfig.class);
        assertThat(reading.value().io().threads()).isEqualTo(3);
        assertThat(reading.value().io().queueSizePerThread()).isEqualTo(8);
        assertThat(reading.entries().stream().filter(each -> !each.isDefault()).map(ConfigEntry::toString))
                .containsExactly(
                        "network.io_threads = 2  # variable HAWSER_NETWORK_IO_THREADS",
                        "network.io.threads = 3  # property hawser.network.io.threads",
                        "network.io.queue_size_per_thread = 8  # variable HAWSER_NETWORK_IO_QUEUE_SIZE_PER_THREAD",
                        "network.io.name = \"mine\"  # " + folder.resolve("test.conf") + ":1");
    }

    @Test
    void aVariableForNoKeyIsAProblem() throws IOException {
        ConfigFile file = file("").withEnvironment(Map.of("HAWSER_NETWORK_IO_THREDS", "2"))
                .withProperties(Map.of("hawser.network.oi", "1"));
        assertThat(file.read("network", NetworkConfig.class).problems())
                .extracting(ConfigProblem::origin)
                .containsExactly("variable HAWSER_NETWORK_IO_THREDS", "property hawser.network.oi");
    }

    @Test
    void aVariableCanBeAListAndABadOneIsNamed() throws IOException {
        ConfigFile file = file("listen = \"a:1\"");
        assertThat(file.withProperties(Map.of("hawser.names", "x, y"))
                        .read(Sample.class)
                        .value()
                        .names())
                .containsExactly("x", "y");
        assertThat(file.withEnvironment(Map.of("HAWSER_LISTEN", "a"))
                        .read(Sample.class)
                        .problems())
                .containsExactly(new ConfigProblem(
                        "variable HAWSER_LISTEN", "listen", "no port at index 1 of \"a\": expected host:port"));
    }

    @Test
    void secretsAreShownToNobody() throws IOException {
        List<String> texts = file("listen = \"a:1\", password = hunter2").read(Sample.class).entries().stream()
                .map(ConfigEntry::toString)
                .toList();
        assertThat(texts).anyMatch(line -> line.startsWith("password = \"***\""));
        assertThat(texts).anyMatch(line -> line.startsWith("broker = \"nats://***@host\""));
        assertThat(texts.toString()).doesNotContain("hunter2").doesNotContain("word@");
    }

    /// As `credentials = ""` in a file whose reader need not be told what a key would mean.
    @Test
    void anEmptyTextIsNothingWhereNothingIsAllowed() throws IOException {
        assertThat(file("listen = \"a:1\", folder = \"\"")
                        .read(Sample.class)
                        .value()
                        .folder())
                .isEmpty();
    }

    @Test
    void theLongNameOfTheThreadsCountsBeforeTheShortOne() throws IOException {
        ConfigFile file = file("network { io_threads = 2, io.threads = 3 }");
        assertThat(file.read("network", NetworkConfig.class).value().io().threads())
                .isEqualTo(3);
    }
}
