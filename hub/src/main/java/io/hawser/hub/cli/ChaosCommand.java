package io.hawser.hub.cli;

import io.hawser.hub.chaos.ChaosConfig;
import io.hawser.hub.chaos.ChaosRun;
import io.hawser.hub.chaos.Fault;
import io.hawser.hub.processes.Processes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./hawser chaos`: three hubs, three brokers, many clients, and one fault after another; exit code 1 when
/// a message was lost silently, came twice, or flow did not resume.
@Command(
        name = "chaos",
        subcommands = {
            ChaosGatewayCommand.class,
            ChaosFloodCommand.class,
            ChaosStormCommand.class,
            ChaosReaderCommand.class
        },
        description = "Starts three hubs and a NATS cluster of three as processes of their own, publishes to many "
                + "clients, and does one bad thing after another to them. Needs nats-server. `chaos gateway` does so "
                + "to the servers behind a gateway, `chaos flood` floods a hub from one address while another calls "
                + "it, `chaos storm` restarts a hub with thousands of clients, and `chaos reader` lets one of "
                + "thousands stand still.")
public final class ChaosCommand implements Callable<Integer> {
    @Option(names = "--clients", defaultValue = "500", paramLabel = "N", description = "subscribers (500; to 2,000)")
    private int clients;

    @Option(names = "--topics", defaultValue = "20", paramLabel = "N", description = "topics, a publisher each (20)")
    private int topics;

    @Option(names = "--rate", defaultValue = "100", paramLabel = "N", description = "messages a second, in all (100)")
    private int rate;

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            defaultValue = "256",
            converter = SizeOption.class,
            description = "bytes of a message, about (256)")
    private int payload;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = DurationOption.class,
            description = "how long a fault lasts (5s)")
    private Duration duration;

    @Option(names = "--fault", paramLabel = "NAME", split = ",", description = "only these: ${COMPLETION-CANDIDATES}")
    private List<Fault> faults = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ChaosConfig config =
                ChaosTerminal.checked(spec, () -> new ChaosConfig(clients, topics, rate, payload, duration));
        List<Fault> chosen = faults.isEmpty() ? Arrays.asList(Fault.values()) : faults;
        Processes.needBroker();
        ChaosTerminal terminal = ChaosTerminal.begin(spec, ChaosRun.HEADING);
        boolean isRight = ChaosRun.run(config, chosen, terminal::say);
        return isRight ? 0 : 1;
    }
}
