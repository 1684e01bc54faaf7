package io.hawser.hub.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// One run of the load generator: connects, warms up, measures, waits for what is in flight, reports.
public final class LoadRun {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(500);

    private final Supplier<? extends Protocol> protocols;
    private final InetSocketAddress target;
    private final LoadConfig config;
    private final OptionalLong serverPid;
    private final Optional<LoadTls> tls;
    private final Faults faults = new Faults();
    private final CourseLog course = new CourseLog();

    /// @param protocols makes one protocol for each thread
    public LoadRun(
            Supplier<? extends Protocol> protocols,
            InetSocketAddress target,
            LoadConfig config,
            OptionalLong serverPid) {
        this(protocols, target, config, serverPid, Optional.empty());
    }

    /// @param protocols makes one protocol for each thread
    /// @param tls through which it goes
    public LoadRun(
            Supplier<? extends Protocol> protocols,
            InetSocketAddress target,
            LoadConfig config,
            OptionalLong serverPid,
            Optional<LoadTls> tls) {
        this.protocols = protocols;
        this.target = target;
        this.config = config;
        this.serverPid = serverPid;
        this.tls = tls;
    }

    /// Runs to the end; faults of the network are counted in the report, not thrown.
    public LoadReport run(Progress progress) throws IOException, InterruptedException {
        var wires = connect();
        int connected = wires.stream().mapToInt(List::size).sum();
        long start = System.nanoTime();
        long from = start + config.warmup().toNanos();
        long end = from + config.duration().toNanos();
        var loops = new ArrayList<LoadLoop>();
        for (int i = 0; i < wires.size(); i++) {
            var tally = new Tally(from, end);
            var pace = config.ratePerSecond().isPresent() ? arrivals(start, i) : null;
            loops.add(new LoadLoop(protocols.get(), wires.get(i), config, pace, tally, end));
        }
        var threads = new ArrayList<Thread>();
        for (var loop : loops) {
            threads.add(
                    Thread.ofPlatform().name("hawser-load-" + threads.size()).start(loop));
        }
        try {
            watch(threads, loops, progress, start, from);
            var before = CpuUse.now(serverPid);
            watch(threads, loops, progress, start, end);
            var cpu = CpuUse.now(serverPid).since(before);
            for (var thread : threads) {
                thread.join();
            }
            return report(loops, connected, cpu);
        } finally {
            threads.forEach(Thread::interrupt);
            progress.close();
        }
    }

    private List<List<Wire>> connect() {
        var dialer = new Dialer(target, config.connections());
        var protocol = protocols.get();
        var wires = new ArrayList<List<Wire>>();
        for (int i = 0; i < config.threads(); i++) {
            wires.add(new ArrayList<>());
        }
        for (int i = 0; i < config.connections(); i++) {
            try {
                wires.get(i % config.threads()).add(connected(dialer, protocol));
            } catch (IOException | BadResponse e) {
                faults.add("connect: " + LoadLoop.kind(e));
            }
        }
        return wires;
    }

    private Wire connected(Dialer dialer, Protocol protocol) throws IOException, BadResponse {
        var socket = dialer.connect(CONNECT_TIMEOUT);
        try {
            var wire = tls.isPresent() ? TlsWire.open(socket, tls.get().engine()) : new Wire.Plain(socket);
            new Greeting(protocol.greeting()).exchange(wire);
            return wire;
        } catch (IOException | BadResponse e) {
            socket.close();
            throw e;
        }
    }

    private Arrivals arrivals(long start, int share) {
        return new Arrivals(start, config.ratePerSecond().orElse(0), config.batch(), share, config.threads());
    }

    /// Waits until `moment`, or until no loop has anything left to do.
    private void watch(List<Thread> threads, List<LoadLoop> loops, Progress progress, long start, long moment)
            throws InterruptedException {
        while (threads.stream().anyMatch(Thread::isAlive)) {
            long left = moment - System.nanoTime();
            if (left <= 0) return;
            Thread.sleep(Duration.ofNanos(Math.min(left, PROGRESS_INTERVAL.toNanos())));
            long answered = loops.stream()
                    .mapToLong(loop -> loop.tally().answeredSoFar())
                    .sum();
            long elapsed = System.nanoTime() - start;
            progress.at(Duration.ofNanos(elapsed), answered);
            course.note(elapsed, answered);
        }
    }

    private LoadReport report(List<LoadLoop> loops, int connected, CpuUse cpu) {
        var protocol = protocols.get();
        var latency = new Histogram(Tally.SIGNIFICANT_DIGITS);
        long messages = 0;
        long unsent = 0;
        for (var loop : loops) {
            latency.add(loop.tally().latency());
            faults.add(loop.tally().faults());
            messages += loop.tally().measured();
            unsent += loop.tally().unsent();
        }
        if (serverPid.isPresent() && cpu.serverNanos().isEmpty()) {
            faults.add("no server process " + serverPid.getAsLong());
        }
        return new LoadReport(
                protocol.name(),
                target.getHostString() + ":" + target.getPort(),
                config,
                connected,
                messages,
                protocol.requestBytes(),
                Percentiles.of(latency),
                Distribution.of(latency),
                course.course(),
                unsent,
                cpu,
                faults.counts());
    }
}
