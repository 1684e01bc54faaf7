package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.TopicRules;
import io.hawser.http.UpstreamConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Shared;
import io.hawser.hub.UpstreamSite;
import io.hawser.metrics.TickerMetrics;
import io.hawser.policy.BreakerState;
import io.hawser.policy.CallMetrics;
import io.hawser.policy.CallTraits;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.PolicyEvent;
import io.hawser.policy.PolicyMetrics;
import io.hawser.tcp.ListenConfig;
import io.hawser.tick.Schedule;
import io.hawser.tick.Ticker;
import io.hawser.tick.TickerHandler;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds docs/METRICS.md and what is made for Prometheus and Grafana to what there is to measure.
/// `-Dhawser.docs=write` writes the tables anew.
final class MetricsReferenceTest {
    private static final Path REFERENCE = Path.of("../docs/METRICS.md");
    private static final String MARK = "<!-- What follows is written by MetricsReferenceTest. -->";
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? \\S+");
    private static final Pattern TAG = Pattern.compile("([a-z_]+)=\"");
    private static final Pattern NAME = Pattern.compile("\\b(hawser|jvm|process|system)_[a-z_]+\\b");

    private static final Pattern CHOICE = Pattern.compile("\\b((?:hawser|jvm|process|system)_[a-z_]+)\\{([^}]*)}");
    private static final Pattern CHOSEN = Pattern.compile("([a-z_]+)(=~?|!=|!~)\"([^\"]*)\"");

    private static String hub = "";
    private static String program = "";

    @BeforeAll
    static void scrape() throws IOException {
        Endpoint nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            nobody = Endpoint.of("127.0.0.1", closed.getLocalPort());
        }
        UpstreamSite shop = UpstreamSite.at("/shop", List.of(nobody), UpstreamConfig.named("shop"));
        HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0")).withUpstreams(shop);
        // Figures of workers are there as soon as a hub has something in common with others.
        Shared shared = new Shared(
                LocalBackplane.start("meters", TopicRules.defaults()), Bytes.ofUtf8("0123456789abcdef"), Map::of);
        try (Hub running = Hub.start(config, shared)) {
            String at = "http://" + running.endpoint();
            assertThat(get(at + "/plaintext")).isEqualTo("Hello, World!");
            assertThatThrownBy(() -> get(at + "/shop")).hasMessageContaining("HTTP response code: 50");
            hub = get(at + "/metrics");
        }
        program = program();
    }

    private static String get(String url) throws IOException {
        try (var in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// What is there for programs, and not in the hub; and what a hub counts only when it happens.
    private static String program() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        PolicyMetrics.of(registry)
                .event(new PolicyEvent.BreakerChanged("shop", "a:1", BreakerState.CLOSED, BreakerState.OPEN));
        try {
            CallMetrics.of(registry, PolicyContext.of("shop")).call(CallTraits.named("x"), () -> "y");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        TickerHandler idle = TickerHandler.of("idle", Schedule.every(Duration.ofHours(1)), tick -> {});
        try (Ticker ticker = Ticker.start(idle)) {
            TickerMetrics.of(ticker).bindTo(registry);
            return registry.scrape();
        } finally {
            registry.close();
        }
    }

    private record Meter(String name, String type, String help, Set<String> tags) {}

    private static List<Meter> meters(String scrape) {
        Map<String, String> help = new TreeMap<>();
        Map<String, String> type = new TreeMap<>();
        Map<String, Set<String>> tags = new TreeMap<>();
        for (String line : scrape.lines().toList()) {
            Matcher helped = HELP.matcher(line);
            Matcher typed = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (helped.matches()) help.put(helped.group(1), helped.group(2));
            else if (typed.matches()) type.put(typed.group(1), typed.group(2));
            else if (sample.matches()) {
                String name = sample.group(1).replaceFirst("_(bucket|count|sum)$", "");
                Set<String> names =
                        tags.computeIfAbsent(type.containsKey(name) ? name : sample.group(1), n -> new TreeSet<>());
                Matcher tag = TAG.matcher(sample.group(2) == null ? "" : sample.group(2));
                while (tag.find()) if (!tag.group(1).equals("le")) names.add(tag.group(1));
            }
        }
        return type.keySet().stream()
                .filter(name -> name.startsWith("hawser_"))
                .map(name -> new Meter(
                        name,
                        type.getOrDefault(name, ""),
                        help.getOrDefault(name, ""),
                        tags.getOrDefault(name, Set.of())))
                .toList();
    }

    private static List<String> table(String title, List<Meter> meters) {
        List<String> lines =
                new ArrayList<>(List.of("", "## " + title, "", "| name | is | tags | |", "|---|---|---|---|"));
        for (Meter meter : meters) {
            String tags = meter.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
            lines.add("| `" + meter.name() + "` | " + meter.type() + " | " + tags + " | "
                    + meter.help().strip() + " |");
        }
        return lines;
    }

    @Test
    void theReferenceNamesWhatARunningHubExposes() throws IOException {
        String text = Files.readString(REFERENCE);
        Predicate<Meter> isOfWorkers = meter -> meter.name().startsWith("hawser_workers_");
        List<Meter> all = meters(hub);
        Set<String> ofHub = all.stream().map(Meter::name).collect(Collectors.toSet());
        List<String> lines =
                table("In the hub", all.stream().filter(isOfWorkers.negate()).toList());
        lines.addAll(table(
                "In the hub with `--workers`, besides: whichever worker is asked",
                all.stream().filter(isOfWorkers).toList()));
        lines.addAll(table(
                "In programs",
                meters(program).stream()
                        .filter(meter -> !ofHub.contains(meter.name()))
                        .toList()));
        String head = text.substring(0, text.indexOf(MARK) + MARK.length());
        String expected = head + "\n" + String.join("\n", lines) + "\n";
        if ("write".equals(System.getProperty("hawser.docs"))) Files.writeString(REFERENCE, expected);
        assertThat(Files.readString(REFERENCE))
                .as("docs/METRICS.md; mvn -pl hub -am test -Dtest=MetricsReferenceTest -Dhawser.docs=write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(expected);
    }

    @Test
    void everyMeterSaysWhatItIs() {
        assertThat(meters(hub))
                .hasSizeGreaterThan(30)
                .allSatisfy(meter -> assertThat(meter.help()).as(meter.name()).isNotBlank());
    }

    @Test
    void theJvmIsMeasuredToo() {
        assertThat(hub).contains("jvm_memory_used_bytes", "process_cpu_usage", "jvm_gc_memory_allocated_bytes_total");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grafana-dashboard.json", "prometheus-rules.yml"})
    void whatIsDrawnAndAlertedOnIsThere(String file) throws IOException {
        Set<String> samples = (hub + program)
                .lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(sample -> sample.group(1))
                .collect(Collectors.toSet());
        Matcher name = NAME.matcher(Files.readString(Path.of("../docs/operations", file)));
        Set<String> used = new TreeSet<>();
        while (name.find()) used.add(name.group());
        assertThat(used).hasSizeGreaterThan(5);
        assertThat(samples).containsAll(used);
    }

    /// Whatever is chosen by a tag is there with that value, and with each of several; but for the tag that
    /// Prometheus adds.
    @ParameterizedTest
    @ValueSource(strings = {"grafana-dashboard.json", "prometheus-rules.yml"})
    void whatIsChosenByTagsHasThem(String file) throws IOException {
        List<String> samples = (hub + program).lines().toList();
        String text = Files.readString(Path.of("../docs/operations", file)).replace("\\\"", "\"");
        Matcher choice = CHOICE.matcher(text);
        int count = 0;
        while (choice.find()) {
            String name = choice.group(1);
            Matcher tag = CHOSEN.matcher(choice.group(2));
            while (tag.find()) {
                if (tag.group(1).equals("instance")) continue;
                boolean isPattern = tag.group(2).endsWith("~");
                for (String value : isPattern ? tag.group(3).split("\\|", -1) : new String[] {tag.group(3)}) {
                    count++;
                    String exact = isPattern ? value : Pattern.quote(value);
                    Predicate<String> hasValue = Pattern.compile("[{,]" + tag.group(1) + "=\"" + exact + "\"")
                            .asPredicate();
                    assertThat(samples)
                            .as(choice.group() + " with " + value)
                            .anyMatch(sample -> sample.startsWith(name + "{") && hasValue.test(sample));
                }
            }
        }
        assertThat(count).isPositive();
    }
}
