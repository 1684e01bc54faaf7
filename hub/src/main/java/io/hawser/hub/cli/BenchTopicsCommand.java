package io.hawser.hub.cli;

import io.hawser.Endpoint;
import io.hawser.hub.bench.Percentiles;
import io.hawser.hub.bench.ProcessCpu;
import io.hawser.hub.bench.topics.FanOutRun;
import io.hawser.hub.bench.topics.LocalCluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser bench topics HOST:PORT...`: fan-out and how long a publication takes to its subscribers; exit
/// code 1 when a message was missed or came twice. With `--nodes` it starts hubs and their broker itself, and
/// compares one with many.
@Command(
        name = "topics",
        description = "Publishes to many subscribers of topics over MSGI: first as fast as they take it, then at a "
                + "part of that, or at a rate. Latency is from when a publication was due until a subscriber has it.")
final class BenchTopicsCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "HOST:PORT",
            arity = "0..*",
            converter = EndpointOption.class,
            description = "hubs of one cluster, over which the subscribers are spread; the first is published to")
    private List<Endpoint> hubs = List.of();

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "start one hub on a NATS server here, then so many, and measure each; needs nats-server")
    private Optional<Integer> nodes = Optional.empty();

    @Option(names = "--subscribers", defaultValue = "1000", paramLabel = "N", description = "in all (1000)")
    private int subscribers;

    @Option(names = "--topics", defaultValue = "1", paramLabel = "N", description = "over which they are spread (1)")
    private int topics;

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            defaultValue = "100",
            converter = SizeOption.class,
            description = "bytes of a message (100)")
    private int payload;

    @Option(names = "--load", defaultValue = "50", paramLabel = "PERCENT", description = "of the most (50)")
    private int load;

    @Option(names = "--rate", paramLabel = "N", description = "publications a second, instead of --load")
    private Optional<Double> rate = Optional.empty();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationOption.class,
            description = "how long each part takes (10s)")
    private Duration duration;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            split = ",",
            description = "also say what these processes, hubs or brokers, use of the processor")
    private List<Long> pids = List.of();

    @Spec
    private CommandSpec spec;

    private final Map<Long, String> processes = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        if (nodes.isPresent() != hubs.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "either hubs or --nodes");
        }
        if (nodes.isPresent()) return ofOwn(1) && ofOwn(nodes.get()) ? 0 : 1;
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Endpoint hub : hubs) addresses.add(hub.resolve().getFirst());
        for (long pid : pids) processes.put(pid, "process " + pid);
        return of(addresses) ? 0 : 1;
    }

    /// On hubs of its own.
    private boolean ofOwn(int count) throws Exception {
        Thread ends = new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly), "bench-end");
        Runtime.getRuntime().addShutdownHook(ends);
        try (LocalCluster cluster = LocalCluster.start(count)) {
            processes.clear();
            for (long pid : cluster.hubPids()) processes.put(pid, "hub " + (processes.size() + 1));
            processes.put(cluster.brokerPid(), "broker");
            spec.commandLine().getOut().printf("%d node%s%n", count, count == 1 ? "" : "s");
            return of(cluster.hubs());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } finally {
            Runtime.getRuntime().removeShutdownHook(ends);
        }
    }

    private boolean of(List<InetSocketAddress> addresses) throws Exception {
        try (FanOutRun run = open(addresses)) {
            boolean isClean = true;
            double target;
            if (rate.isPresent()) {
                target = rate.get();
            } else {
                // Twice: the first one warms the hubs up.
                run.flood(duration.dividedBy(2));
                FanOutRun.Report most = measured("most", () -> run.flood(duration));
                isClean = most.isClean();
                target = most.publishedPerSecond() * load / 100;
            }
            FanOutRun.Report paced =
                    measured(String.format(Locale.ROOT, "%.0f/s", target), () -> run.atRate(target, duration));
            return isClean && paced.isClean();
        }
    }

    private FanOutRun open(List<InetSocketAddress> addresses) throws IOException {
        try {
            return new FanOutRun(addresses, subscribers, topics, payload);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private FanOutRun.Report measured(String what, Callable<FanOutRun.Report> part) throws Exception {
        Map<Long, Long> before = used();
        FanOutRun.Report report = part.call();
        Map<Long, Long> after = used();
        Percentiles latency = report.latency();
        var out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%-9s %,d published, %,.0f/s; %,.0f deliveries/s to %,d; latency p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, "
                        + "max %.2f ms; %d missing, %d twice%n",
                what,
                report.published(),
                report.publishedPerSecond(),
                report.deliveredPerSecond(),
                report.subscribers(),
                latency.p50Nanos() / 1e6,
                latency.p99Nanos() / 1e6,
                latency.p999Nanos() / 1e6,
                latency.maxNanos() / 1e6,
                report.due() - report.delivered(),
                report.duplicates());
        after.forEach((pid, nanos) -> out.printf(
                Locale.ROOT,
                "          %s: %.1f %% of a core%n",
                processes.getOrDefault(pid, "this one"),
                100.0
                        * (nanos - before.getOrDefault(pid, nanos))
                        / report.took().toNanos()));
        out.flush();
        return report;
    }

    private Map<Long, Long> used() {
        Map<Long, Long> used = new LinkedHashMap<>();
        for (long pid : processes.keySet()) ProcessCpu.usedNanos(pid).ifPresent(nanos -> used.put(pid, nanos));
        ProcessHandle self = ProcessHandle.current();
        // Without the hubs that it has started.
        self.info().totalCpuDuration().ifPresent(time -> used.put(self.pid(), time.toNanos()));
        return used;
    }
}
