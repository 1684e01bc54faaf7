package io.hawser.hub.cli;

import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.Tls;
import io.hawser.cluster.TopicRules;
import io.hawser.http.HttpConfig;
import io.hawser.hub.BareMode;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.internal.process.Signals;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.Transport;
import io.hawser.messaging.MessagingConfig;
import io.hawser.tcp.ListenConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs the hub until SIGTERM or SIGINT, then drains it.
@Command(
        description = "Run the hub: HTTP and framed TCP messaging (MSGI) on one port.",
        footer = {
            "",
            "When it accepts connections it prints one line to standard output:",
            "hawser ready HOST:PORT PROTOCOL... transport=T pid=P node=N",
            "SIGTERM and SIGINT: it answers what it has received, tells its peers, and exits 0."
        },
        sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    private static final Duration GRACE = Duration.ofSeconds(25);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = {"Where to listen (${DEFAULT-VALUE})."})
    private String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9000",
            description = "0: any free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--bare",
            paramLabel = "managed|echo|off",
            description = "What a peer gets that says no hello (managed on a loopback address, else off).")
    private @Nullable BareMode bare;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "10000",
            description = "More are told to come later (${DEFAULT-VALUE}).")
    private int maxConnections;

    @Option(
            names = "--max-message-bytes",
            paramLabel = "SIZE",
            defaultValue = "1MiB",
            converter = SizeOption.class,
            description = "The longest message (${DEFAULT-VALUE}).")
    private int maxMessageBytes;

    @Option(
            names = "--transport",
            paramLabel = "auto|io_uring|epoll|kqueue|nio",
            defaultValue = "auto",
            description = "The interface to the sockets (${DEFAULT-VALUE}).")
    private Transport transport;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Event loops; 0: as many as cores (${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--handlers",
            paramLabel = "event_loop|virtual|loop_carrier",
            defaultValue = "event_loop",
            description = "Where the hub's own handlers run (${DEFAULT-VALUE}).")
    private ExecutionMode handlers;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            defaultValue = "hawser",
            description = "The name of this hub (${DEFAULT-VALUE}).")
    private String node;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private AccessOptions access = new AccessOptions();

    @ArgGroup
    private @Nullable Certificate certificate;

    /// TLS, beside plain connections on the same port: with files, or with a certificate made at the start.
    private static final class Certificate {
        @ArgGroup(exclusive = false)
        private @Nullable Files files;

        @Option(names = "--tls-self-signed", description = "Serve TLS too, with a new certificate for localhost.")
        private boolean selfSigned;

        Tls tls() {
            Files named = files;
            return selfSigned || named == null ? Tls.selfSigned() : Tls.server(named.certificate, named.key);
        }
    }

    private static final class Files {
        @Option(
                names = "--tls-cert",
                paramLabel = "PEM",
                required = true,
                description = "Serve TLS too, with this certificate chain")
        private Path certificate;

        @Option(names = "--tls-key", paramLabel = "PEM", required = true, description = "and its key.")
        private Path key;
    }

    private ServeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        HubConfig config = config();
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        try (Hub hub = Hub.start(config)) {
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
            ListenConfig listen = ListenConfig.on(Endpoint.of(host, port)).withMaxConnections(maxConnections);
            Optional<Tls> tls = Optional.ofNullable(certificate).map(Certificate::tls);
            if (tls.isPresent()) listen = listen.withTls(tls.get()).withPlainAllowed();
            return new HubConfig(
                    listen,
                    IoConfig.defaults().withThreads(threads).withTransport(transport),
                    MessagingConfig.defaults().withMaxMessageBytes(maxMessageBytes),
                    HttpConfig.defaults(),
                    Optional.ofNullable(bare),
                    handlers,
                    node,
                    new ClusterConfig(TopicRules.defaults(), cluster.nats()),
                    access.on(AccessConfig.defaults()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
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
