package io.hawser.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class LoadReportTest {
    private static final LoadConfig CONFIG =
            new LoadConfig(64, 16, OptionalLong.empty(), 1024, Duration.ofSeconds(2), Duration.ofSeconds(1), 1, 1);

    private static final Distribution DISTRIBUTION = new Distribution(
            List.of(new Distribution.Step(1_000, 750_000), new Distribution.Step(1_500_000, 250_000)),
            List.of(
                    new Distribution.Mark(0, 900),
                    new Distribution.Mark(90, 1_000_000),
                    new Distribution.Mark(99, 1_500_000),
                    new Distribution.Mark(100, 1_500_000)));

    @Test
    void processorTimeIsForTheRateAndNotForWhenItWasAsked() {
        // The processor times were taken over an interval 1 % longer than the measured one.
        var report = report(new CpuUse(2_020_000_000, 1_010_000_000, OptionalLong.of(2_020_000_000)), Map.of());

        assertThat(report.messagesPerSecond()).isEqualTo(500_000);
        assertThat(report.bytesPerSecond()).isEqualTo(517_000_000);
        assertThat(report.clientCpuMicrosPerMessage()).isCloseTo(1.0, within(1e-9));
        assertThat(report.serverCpuMicrosPerMessage().orElse(0)).isCloseTo(2.0, within(1e-9));
        assertThat(report.serverCores().orElse(0)).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void jsonNamesUnitsAndLeavesNothingOut() {
        var json = JsonMapper.shared()
                .readTree(ReportJson.of(report(new CpuUse(1, 1, OptionalLong.empty()), Map.of("not answered", 3L))));

        assertThat(json.path("messagesPerSecond").asDouble()).isEqualTo(500_000);
        assertThat(json.path("latencyMicros").path("p99.9").asDouble()).isEqualTo(0.004);
        assertThat(json.path("faults").path("not answered").asInt()).isEqualTo(3);
        assertThat(json.has("serverCpuMicrosPerMessage")).isFalse();
        assertThat(json.path("config").path("window").asInt()).isEqualTo(16);
    }

    @Test
    void textShowsEveryFaultAndSaysWhenThereIsNone() {
        var cpu = new CpuUse(1, 1, OptionalLong.of(1));

        assertThat(ReportText.of(report(cpu, Map.of("a", 1L, "b", 20_000L))))
                .contains("ERROR       1: a")
                .contains("ERROR       20,000: b");
        assertThat(ReportText.of(report(cpu, Map.of()))).contains("errors      none");
    }

    @Test
    void thePageHasAllPlotsAndNothingFromElsewhere() throws Exception {
        var report = report(new CpuUse(1, 1, OptionalLong.empty()), Map.of("<b>'s & \"c\"", 2L));
        String page = ReportHtml.of(report, "Hawser", Instant.EPOCH);

        assertThat(page)
                .startsWith("<!doctype html>")
                .contains(
                        "up to 1.00 µs: 75.00 %",
                        "up to 1.50 ms: 25.00 %", "warm-up", "&lt;b&gt;'s &amp; &quot;c&quot;")
                .contains(">90 %<", ">99 %<", "Hawser, 1970-01-01T00:00:00Z")
                .doesNotContain("http:", "https:", "src=", "href=", "NaN", "Infinity");
        Matcher plots = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
        int count = 0;
        while (plots.find()) {
            count++;
            byte[] svg = plots.group().getBytes(StandardCharsets.UTF_8);
            var root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
            assertThat(root.getElementsByTagName("text").getLength()).isPositive();
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void aConfigSaysWhichComponentIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new LoadConfig(1, 16, OptionalLong.empty(), 8, Duration.ofSeconds(1), Duration.ZERO, 1, 17))
                .withMessage("batch: 17, must be 1 to 16");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new LoadConfig(1, 1, OptionalLong.of(0), 8, Duration.ofSeconds(1), Duration.ZERO, 1, 1))
                .withMessageStartingWith("rate: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new LoadConfig(1, 1, OptionalLong.empty(), 8, Duration.ofSeconds(1), Duration.ZERO, 2, 1))
                .withMessage("threads: 2, must be at most connections, 1");
    }

    private static LoadReport report(CpuUse cpu, Map<String, Long> faults) {
        return new LoadReport(
                "msgi",
                "127.0.0.1:9",
                CONFIG,
                64,
                1_000_000,
                1034,
                new Percentiles(1, 2, 3, 4, 5),
                DISTRIBUTION,
                new Course(List.of(new Course.Point(0.5, 100), new Course.Point(3, 500_000))),
                0,
                cpu,
                faults);
    }
}
