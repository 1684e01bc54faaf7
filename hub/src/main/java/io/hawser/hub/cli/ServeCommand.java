package io.hawser.hub.cli;

import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.hub.FirstUses;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Reload;
import io.hawser.hub.config.FileWatch;
import io.hawser.hub.worker.HubSupervisor;
import io.hawser.hub.worker.HubWorker;
import io.hawser.internal.process.Signals;
import io.hawser.messaging.Container;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
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
            "SIGUSR2: it replaces its workers, one after another; no connection is refused or cut.",
            "SIGHUP, or a change of its file: it reads the configuration again, and takes over what can change while it runs."
        },
        sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    private static final Duration GRACE = Duration.ofSeconds(25);
    private static final Duration ORPHANS_GRACE = Duration.ofSeconds(3);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServeOptions options = new ServeOptions();

    @Mixin
    private WorkerOptions workers = new WorkerOptions();

    private final CountDownLatch stop = new CountDownLatch(1);

    private ServeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        // Before the file is read: what changes while the hub starts is a change.
        Optional<FileWatch> watch = options.watch();
        HubConfig config = config();
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        if (workers.worker().isPresent()) return work(config, workers.worker().get());
        options.advice(config).ifPresent(LOG::warn);
        if (workers.count().isPresent())
            return supervise(config, workers.count().get(), watch);
        try (Hub hub = Hub.start(config)) {
            follow(watch, () -> reload(hub::reload));
            sayReady(
                    hub.endpoint(),
                    String.join(" ", hub.protocols()),
                    hub.transport().name().toLowerCase(Locale.ROOT),
                    hub.node());
            FirstUses.begin();
            config.listen().tls().ifPresent(tls -> LOG.info("TLS with certificate {}", tls.certificateFingerprint()));
            stop.await();
            watch.ifPresent(FileWatch::close);
            drain(hub, GRACE);
        }
        return 0;
    }

    /// Lets `reload` run on SIGHUP, and whenever the file has changed.
    private static void follow(Optional<FileWatch> watch, Runnable reload) {
        watch.ifPresent(file -> file.start(TimeSource.system(), reload));
        Signals.on("HUP", () -> {
            watch.ifPresent(FileWatch::know);
            reload.run();
        });
    }

    private static void drain(Hub hub, Duration grace) {
        LOG.info("draining, for {} s at most", grace.toSeconds());
        DrainReport report = hub.drain(grace);
        LOG.info("drained: {} connections finished, {} cut", report.completed(), report.cut());
    }

    private int supervise(HubConfig config, int count, Optional<FileWatch> watch) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("serve"));
        arguments.addAll(spec.commandLine().getParseResult().originalArgs());
        try (HubSupervisor supervisor = open(config, count, arguments)) {
            Optional<Container> workers = supervisor.start();
            if (workers.isEmpty()) return stop.getCount() == 0 ? 0 : 1;
            follow(watch, supervisor::reload);
            var _ = Signals.on(
                    "USR2", () -> Thread.ofVirtual().name("hawser-roll").start(supervisor::roll));
            sayReady(
                    supervisor.endpoint(),
                    workers.get().string("protocols"),
                    workers.get().string("transport"),
                    config.node());
            stop.await();
            watch.ifPresent(FileWatch::close);
            LOG.info("draining {} workers, for {} s at most", count, GRACE.toSeconds());
        }
        return 0;
    }

    private HubSupervisor open(HubConfig config, int count, List<String> arguments) {
        try {
            return HubSupervisor.open(config, count, arguments, GRACE);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private int work(HubConfig config, String which) throws InterruptedException {
        AtomicBoolean isOrphan = new AtomicBoolean();
        try (HubWorker worker = HubWorker.start(config, which)) {
            Signals.on("HUP", () -> {}); // that of its terminal, which the supervisor gets too
            worker.ready(
                    () -> {
                        isOrphan.set(true);
                        stop.countDown();
                    },
                    () -> reload(worker::reload));
            FirstUses.begin();
            stop.await();
            drain(worker.hub(), isOrphan.get() ? ORPHANS_GRACE : GRACE);
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

    private void reload(Function<HubConfig, Reload> hub) {
        try {
            Reload reload = hub.apply(options.config());
            LOG.info("configuration read again: {}", reload);
        } catch (StartupFailed | IllegalArgumentException e) {
            LOG.error("configuration not read again, the one before stays: {}", e.getMessage());
        }
    }

    private void sayReady(Endpoint endpoint, String protocols, String transport, String node) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("hawser ready " + endpoint + " " + protocols + " transport=" + transport + " pid="
                + ProcessHandle.current().pid() + " node=" + node);
        out.flush();
    }
}
