package io.hawser.benchmarks;

import io.hawser.hub.bench.CpuUse;
import io.hawser.hub.bench.ProcessCpu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A row whose load comes from a program that is not ours: one that speaks what our generator does not, and
/// that the authors of the peers know.
///
/// The program runs for whole seconds and tells its own rate; processor time is taken over the part after
/// the warm-up.
record OutsideRow(String name, String title, Tool tool, int connections, int window) implements LoadRow {
    private static final Duration STARTS = Duration.ofMillis(200);
    private static final Duration ENDS = Duration.ofSeconds(30);
    private static final String PATH = "/plaintext";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;

    /// The load generators.
    enum Tool {
        /// HTTP/1.1, one request at a time on each connection.
        WRK,
        /// The same over TLS.
        WRK_TLS,
        /// HTTP/2 in clear text, with prior knowledge.
        H2LOAD,
        /// HTTP/1.1.
        H2LOAD_HTTP1;

        LoadSummary summary(String said) {
            return this == WRK || this == WRK_TLS ? LoadSummary.ofWrk(said) : LoadSummary.ofH2load(said);
        }
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
        // One that hangs is ended, and its exit code tells.
        CompletableFuture.delayedExecutor(seconds + ENDS.toSeconds(), TimeUnit.SECONDS)
                .execute(process::destroyForcibly);
        try {
            Thread.sleep(STARTS.plus(warmup));
            var cpu = interval(server.pid(), process, duration);
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0)
                throw new IOException(tool + " ended with " + process.exitValue() + ": " + said);
            return trial(tool.summary(said), cpu, duration);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(int port, long seconds) {
        var connected = Integer.toString(connections);
        var lasting = Long.toString(seconds);
        var target = "://127.0.0.1:" + port + PATH;
        var inFlight = Integer.toString(window);
        return switch (tool) {
            case WRK -> List.of("wrk", "-t", "1", "-c", connected, "-d", lasting + "s", "--latency", "http" + target);
            case WRK_TLS ->
                List.of("wrk", "-t", "1", "-c", connected, "-d", lasting + "s", "--latency", "https" + target);
            case H2LOAD ->
                List.of("h2load", "-t", "1", "-c", connected, "-m", inFlight, "-D", lasting, "http" + target);
            case H2LOAD_HTTP1 ->
                List.of("h2load", "--h1", "-t", "1", "-c", connected, "-m", inFlight, "-D", lasting, "http" + target);
        };
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
        long count = Math.round(summary.perSecond() * duration.toNanos() / NANOS_PER_SECOND);
        Map<String, Long> faults =
                summary.faults() == 0 ? Map.of() : Map.of("failed or not 2xx, says " + tool, summary.faults());
        if (count == 0) return new Trial(Sample.NONE, 0, faults);
        double cores = (double) cpu.serverNanos().orElse(0) / cpu.wallNanos();
        double clientCores = (double) cpu.clientNanos() / cpu.wallNanos();
        var sample = new Sample(
                summary.perSecond(),
                cores / summary.perSecond() * MICROS_PER_SECOND,
                clientCores / summary.perSecond() * MICROS_PER_SECOND,
                summary.p50Nanos() / NANOS_PER_MICRO,
                summary.p99Nanos() / NANOS_PER_MICRO,
                Double.NaN,
                cores,
                clientCores,
                0);
        return new Trial(sample, count, faults);
    }
}
