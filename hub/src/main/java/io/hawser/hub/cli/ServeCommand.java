package io.hawser.hub.cli;

import io.hawser.DrainReport;
import io.hawser.StartupFailed;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Reload;
import io.hawser.internal.process.Signals;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs the hub until SIGTERM or SIGINT, then drains it.
@Command(
        description = "Run the hub: HTTP and framed TCP messaging (MSGI) on one port.",
        footer = {
            "",
            "When it accepts connections it prints one line to standard output:",
            "hawser ready HOST:PORT PROTOCOL... transport=T pid=P node=N",
            "SIGTERM and SIGINT: it answers what it has received, tells its peers, and exits 0.",
            "SIGHUP: it reads the configuration again, and takes over what can change while it runs."
        },
        sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    private static final Duration GRACE = Duration.ofSeconds(25);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServeOptions options = new ServeOptions();

    private ServeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        HubConfig config = config();
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        try (Hub hub = Hub.start(config)) {
            Signals.on("HUP", () -> reload(hub));
            sayReady(hub);
            config.listen().tls().ifPresent(tls -> LOG.info("TLS with certificate {}", tls.certificateFingerprint()));
            stop.await();
            LOG.info("draining, for {} s at most", GRACE.toSeconds());
            DrainReport report = hub.drain(GRACE);
            LOG.info("drained: {} connections finished, {} cut", report.completed(), report.cut());
        }
        return 0;
    }

    private HubConfig config() {
        try {
            return options.config();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void reload(Hub hub) {
        try {
            Reload reload = hub.reload(options.config());
            LOG.info("configuration read again: {}", reload);
        } catch (StartupFailed | IllegalArgumentException e) {
            LOG.error("configuration not read again, the one before stays: {}", e.getMessage());
        }
    }

    private void sayReady(Hub hub) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("hawser ready " + hub.endpoint() + " " + String.join(" ", hub.protocols()) + " transport="
                + hub.transport().name().toLowerCase(Locale.ROOT) + " pid="
                + ProcessHandle.current().pid() + " node=" + hub.node());
        out.flush();
    }
}
