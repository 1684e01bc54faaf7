package io.hawser.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.hawser.benchmarks.clients.ClientRun.Result;
import io.hawser.hub.bench.Course;
import io.hawser.hub.bench.CpuUse;
import io.hawser.hub.bench.Distribution;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadReport;
import io.hawser.hub.bench.Percentiles;
import io.hawser.hub.bench.ProcessCpu;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/// Clients of HTTP under test, so what other rows call the server is the client here: so many virtual
/// threads that GET a few bytes from one nginx, each on its own core.
record ClientRow(String name, int threads, @JsonIgnore Upstream upstream) implements LoadRow {
    /// How long calls that are under way at the end may take.
    private static final Duration ANSWERS = Duration.ofSeconds(60);

    @Override
    public String title() {
        return "HTTP client (in the place of the server): " + threads
                + " virtual threads, each GETs 13 bytes again and again, at most 64 connections";
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
        var result = ask(client, "http://127.0.0.1:" + nginx.address().getPort() + "/plaintext", warmup, duration);
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

    private Result ask(PeerProcess client, String url, Duration warmup, Duration duration) throws IOException {
        try (var control =
                new Socket(client.address().getAddress(), client.address().getPort())) {
            control.setSoTimeout(
                    Math.toIntExact(warmup.plus(duration).plus(ANSWERS).toMillis()));
            var line = "RUN " + url + " " + threads + " " + warmup.toMillis() + " " + duration.toMillis() + "\n";
            control.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (answer == null) throw new IOException(client.peer().name() + " ended while it was measured");
            return Result.of(answer);
        }
    }
}
