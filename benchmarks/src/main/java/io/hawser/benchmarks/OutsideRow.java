package io.hawser.benchmarks;

import io.hawser.hub.bench.Course;
import io.hawser.hub.bench.CpuUse;
import io.hawser.hub.bench.Distribution;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadReport;
import io.hawser.hub.bench.Percentiles;
import io.hawser.hub.bench.ProcessCpu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A row whose load comes from a program that is not ours: one that speaks what our generator does not, and
/// that the authors of the peers know.
///
/// The program runs for whole seconds and tells its own rate; processor time is taken over the part after
/// the warm-up.
record OutsideRow(String name, String title, Tool tool, int connections, int window) implements LoadRow {
    private static final Duration STARTS = Duration.ofMillis(200);
    private static final String PATH = "/plaintext";

    /// The load generators.
    enum Tool {
        /// HTTP/1.1 over TLS. One request at a time on each connection.
        WRK_TLS,
        /// HTTP/2 in clear text, with prior knowledge.
        H2LOAD
    }

    @Override
    public String unit() {
        return "request";
    }

    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        var whole = STARTS.plus(warmup).plus(duration);
        long seconds = Math.max(1, whole.plusMillis(999).toSeconds());
        var process = new ProcessBuilder(command(server.address().getPort(), seconds))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        try {
            Thread.sleep(STARTS.plus(warmup));
            var cpu = interval(server.pid(), process, duration);
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0)
                throw new IOException(tool + " ended with " + process.exitValue() + ": " + said);
            return trial(tool == Tool.H2LOAD ? LoadSummary.ofH2load(said) : LoadSummary.ofWrk(said), cpu, duration);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(int port, long seconds) {
        List<String> command = new ArrayList<>();
        var connected = Integer.toString(connections);
        switch (tool) {
            case WRK_TLS -> {
                command.addAll(List.of("wrk", "-t", "1", "-c", connected, "-d", seconds + "s", "--latency"));
                command.add("https://127.0.0.1:" + port + PATH);
            }
            case H2LOAD -> {
                command.addAll(List.of("h2load", "-t", "1", "-c", connected, "-m", Integer.toString(window)));
                command.addAll(List.of("-D", Long.toString(seconds), "http://127.0.0.1:" + port + PATH));
            }
        }
        return command;
    }

    private static CpuUse interval(long server, Process client, Duration duration) throws InterruptedException {
        long wall = System.nanoTime();
        long serverBefore = ProcessCpu.usedNanos(server).orElse(0);
        long clientBefore = ProcessCpu.usedNanos(client.pid()).orElse(0);
        Thread.sleep(duration);
        long serverNanos = ProcessCpu.usedNanos(server).orElse(0) - serverBefore;
        long clientNanos = ProcessCpu.usedNanos(client.pid()).orElse(0) - clientBefore;
        return new CpuUse(System.nanoTime() - wall, clientNanos, OptionalLong.of(serverNanos));
    }

    private Trial trial(LoadSummary summary, CpuUse cpu, Duration duration) {
        long messages = Math.round(summary.perSecond() * duration.toNanos() / 1e9);
        var config = new LoadConfig(connections, window, OptionalLong.empty(), 0, duration, Duration.ZERO, 1, 1);
        var latency = new Percentiles(
                summary.p50Nanos(), summary.p50Nanos(), summary.p99Nanos(), summary.p99Nanos(), summary.maxNanos());
        return Trial.of(new LoadReport(
                tool.name(),
                "",
                config,
                connections,
                messages,
                0,
                latency,
                Distribution.none(),
                Course.none(),
                0,
                cpu,
                summary.faults() == 0 ? Map.of() : Map.of("failed or not 2xx, says " + tool, summary.faults())));
    }
}
