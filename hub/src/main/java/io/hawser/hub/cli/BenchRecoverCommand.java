package io.hawser.hub.cli;

import io.hawser.Endpoint;
import io.hawser.hub.bench.topics.RecoveryRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser bench recover HOST:PORT...`: how long many clients take to get what they have missed; exit code 1
/// when one has not got it.
@Command(
        name = "recover",
        description = "Connects clients, cuts them off, publishes what they miss, and has them all come back at once "
                + "with their positions.")
final class BenchRecoverCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "HOST:PORT",
            arity = "1..*",
            converter = EndpointOption.class,
            description = "hubs of one cluster, over which the clients are spread; the first is published to")
    private List<Endpoint> hubs;

    @Option(names = "--clients", defaultValue = "10000", paramLabel = "N", description = "in all (10000)")
    private int clients;

    @Option(names = "--topics", defaultValue = "100", paramLabel = "N", description = "which they follow in turn (100)")
    private int topics;

    @Option(names = "--missed", defaultValue = "50", paramLabel = "N", description = "messages of each topic (50)")
    private int missed;

    @Option(
            names = "--pause",
            description = "wait for a line on standard input before they come back, as to restart a hub")
    private boolean isPausing;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Endpoint hub : hubs) addresses.add(hub.resolve().getFirst());
        RecoveryRun.Report report = run(addresses);
        var out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%,d clients were back after %.2f s and had their %d missed messages of %d topics after %.2f s: %,d "
                        + "recovered, %,d complete, %d missing, %d twice, %d resyncs, %d failures%s%n",
                report.clients(),
                report.back().toNanos() / 1e9,
                report.missed(),
                report.topics(),
                report.took().toNanos() / 1e9,
                report.recovered(),
                report.complete(),
                report.holes(),
                report.duplicates(),
                report.resyncs(),
                report.failures(),
                report.failure().isEmpty() ? "" : " (" + report.failure() + ")");
        out.flush();
        return report.isClean() ? 0 : 1;
    }

    private RecoveryRun.Report run(List<InetSocketAddress> addresses) throws IOException {
        try {
            return RecoveryRun.run(addresses, clients, topics, missed, this::meanwhile);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void meanwhile() {
        if (!isPausing) return;
        spec.commandLine().getOut().println("published; a line on standard input lets the clients come back");
        spec.commandLine().getOut().flush();
        try {
            int next = System.in.read();
            while (next >= 0 && next != '\n') next = System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
