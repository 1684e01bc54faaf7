package io.hawser.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.hawser.hub.bench.Course;
import io.hawser.hub.bench.CpuUse;
import io.hawser.hub.bench.Distribution;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadReport;
import io.hawser.hub.bench.Percentiles;
import io.hawser.hub.bench.ProcessCpu;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/// Clients of HTTP under test, so what other rows call the server is the client here: so many virtual
/// threads that GET a few bytes from one nginx, each on its own core.
///
/// @param how for the title: the version and the connections
record ClientRow(
        String name, int threads, String how, @JsonIgnore Upstream upstream) implements LoadRow {
    @Override
    public String title() {
        return "HTTP client (in the place of the server): " + threads
                + " virtual threads, each GETs 13 bytes again and again, " + how;
    }

    @Override
    public String unit() {
        return "request";
    }

    @Override
    public Trial run(PeerProcess client, Duration warmup, Duration duration) throws IOException, InterruptedException {
        var nginx = upstream.running();
        long before = ProcessCpu.usedNanos(nginx.pid()).orElse(0);
        long start = System.nanoTime();
        var result = new CallerProcess(client).call(upstream.url(), threads, warmup, duration);
        long nginxNanos = ProcessCpu.usedNanos(nginx.pid()).orElse(0) - before;
        double share = (double) result.wallNanos() / (System.nanoTime() - start);
        var cpu = new CpuUse(result.wallNanos(), Math.round(nginxNanos * share), OptionalLong.of(result.cpuNanos()));
        var latency = new Percentiles(
                result.p50Nanos(), result.p99Nanos(), result.p99Nanos(), result.p999Nanos(), result.maxNanos());
        var config = new LoadConfig(
                threads, 1, OptionalLong.empty(), 0, Duration.ofNanos(result.wallNanos()), Duration.ZERO, 1, 1);
        return Trial.of(new LoadReport(
                "client",
                "",
                config,
                threads,
                result.answered(),
                0,
                latency,
                Distribution.none(),
                Course.none(),
                0,
                cpu,
                result.failed() == 0 ? Map.of() : Map.of("calls that failed", result.failed())));
    }
}
