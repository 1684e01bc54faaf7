package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.metrics.PoolMetrics;
import io.hawser.metrics.TickerMetrics;
import io.hawser.policy.CallMetrics;
import io.hawser.policy.CallTraits;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.PolicyEvent;
import io.hawser.policy.PolicyMetrics;
import io.hawser.pool.PoolStats;
import io.hawser.tcp.ListenConfig;
import io.hawser.tick.Schedule;
import io.hawser.tick.Ticker;
import io.hawser.tick.TickerHandler;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
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
        try (Hub running = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")))) {
            String at = "http://" + running.endpoint();
            assertThat(get(at + "/plaintext")).isEqualTo("Hello, World!");
            hub = get(at + "/metrics");
        }
        program = program();
    }

    private static String get(String url) throws IOException {
        try (var in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// What is there for programs, and not in the hub.
    private static String program() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        PoolMetrics.of("meters", () -> new PoolStats(0, 0, 0, 0, 0, 0, 0, 0)).bindTo(registry);
        PolicyMetrics.of(registry).event(new PolicyEvent.Retried("shop", "", 1, "timeout", Duration.ZERO));
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

    private static List<String> table(String title, String scrape) {
        List<String> lines =
                new ArrayList<>(List.of("", "## " + title, "", "| name | is | tags | |", "|---|---|---|---|"));
        for (Meter meter : meters(scrape)) {
            String tags = meter.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
            lines.add("| `" + meter.name() + "` | " + meter.type() + " | " + tags + " | "
                    + meter.help().strip() + " |");
        }
        return lines;
    }

    @Test
    void theReferenceNamesWhatARunningHubExposes() throws IOException {
        String text = Files.readString(REFERENCE);
        List<String> lines = table("In the hub", hub);
        lines.addAll(table("In programs", program));
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

    /// By whose tags it is chosen, but those that Prometheus adds; of a tag with one value that value, too.
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
                count++;
                String begin = tag.group(1) + (tag.group(2).equals("=") ? "=\"" + tag.group(3) + '"' : "=\"");
                assertThat(samples)
                        .as(choice.group())
                        .anyMatch(sample -> sample.startsWith(name + "{") && sample.contains(begin));
            }
        }
        assertThat(count).isPositive();
    }
}
