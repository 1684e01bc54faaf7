package io.hawser.hub.worker;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.hawser.cluster.LocalBackplane;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Main;
import io.hawser.internal.process.JvmCommand;
import io.hawser.internal.process.SocketHandover;
import io.hawser.internal.worker.BackplaneService;
import io.hawser.internal.worker.Supervisor;
import io.hawser.internal.worker.WorkerPlan;
import io.hawser.messaging.Container;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the hub in several processes that accept on one listening socket, which it opens itself and hands to
/// them.
///
/// Without NATS it keeps the topics of all of them, and carries what they tell each other; with NATS each is
/// a node of the cluster.
///
/// Thread: safe from any.
public final class HubSupervisor implements AutoCloseable {
    private static final int MAX_WORKERS = 256;
    private static final int MAX_NODE_CHARS = 54;

    private final HubConfig config;
    private final int count;
    private final List<String> arguments;
    private final Supervisor supervisor;
    private final SocketHandover socket;
    private final Bytes key = randomKey();
    private final Optional<Path> certificate;

    private HubSupervisor(HubConfig config, int count, List<String> arguments, Supervisor supervisor) {
        this.config = config;
        this.count = count;
        this.arguments = List.copyOf(arguments);
        this.supervisor = supervisor;
        this.certificate = ownCertificate(config, supervisor.folder());
        this.socket =
                SocketHandover.open(config.listen().endpoint(), config.listen().socket(), supervisor.folder());
    }

    /// Opens the port; no worker runs yet.
    ///
    /// @param arguments of the command line, which each worker gets too
    /// @param grace in which a worker drains
    /// @throws StartupFailed if the port cannot be had, or a socket cannot be handed on here
    /// @throws IllegalArgumentException if the number of workers or the node's name does not fit
    public static HubSupervisor open(HubConfig config, int count, List<String> arguments, Duration grace) {
        if (count < 1 || count > MAX_WORKERS) {
            throw new IllegalArgumentException("workers " + count + ": from 1 to " + MAX_WORKERS);
        }
        if (config.node().length() > MAX_NODE_CHARS) {
            throw new IllegalArgumentException(
                    "node of " + config.node().length() + " characters: with workers, at most " + MAX_NODE_CHARS);
        }
        Supervisor supervisor = Supervisor.open(topics(config), grace);
        try {
            return new HubSupervisor(config, count, arguments, supervisor);
        } catch (RuntimeException e) {
            supervisor.close();
            throw e;
        }
    }

    private static Optional<BackplaneService> topics(HubConfig config) {
        if (config.cluster().nats().isPresent()) return Optional.empty();
        return Optional.of(new BackplaneService(LocalBackplane.start(config.node(), Hub.rules(config))));
    }

    private static Bytes randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Bytes.wrap(key);
    }

    /// A certificate that is made at the start has to be the same for all.
    private static Optional<Path> ownCertificate(HubConfig config, Path folder) {
        Optional<TlsIdentity> made =
                config.listen().tls().flatMap(Tls::identity).filter(TlsIdentity.InMemory.class::isInstance);
        made.ifPresent(identity -> write(identity.load(), folder));
        return made.map(identity -> folder);
    }

    private static void write(TlsIdentity.InMemory identity, Path folder) {
        try {
            Files.writeString(folder.resolve(WorkerSettings.CERTIFICATE), identity.certificatePem());
            Files.writeString(folder.resolve(WorkerSettings.KEY), identity.keyPem());
        } catch (IOException e) {
            throw new StartupFailed("the certificate cannot be handed to the workers: " + e.getMessage(), e);
        }
    }

    /// Starts the workers.
    ///
    /// @return what they say of themselves; empty if the first could not start, which it has said why
    public Optional<Container> start() {
        return supervisor.start(
                new WorkerPlan(count, this::command, number -> settings(number).said()));
    }

    private WorkerSettings settings(int number) {
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = config.io().threads() == 0
                ? Math.max(1, cores / count)
                : config.io().threads();
        return new WorkerSettings(socket.endpoint(), config.node() + '.' + number, count, threads, key, certificate);
    }

    private List<String> command(int number) {
        List<String> options = new ArrayList<>(arguments);
        options.addAll(List.of("--worker", number + "@" + supervisor.folder()));
        List<String> command = new ArrayList<>(JvmCommand.of(Main.class, options));
        share().ifPresent(flag -> command.add(1, flag));
        return command;
    }

    /// A share of the memory, where nobody has said how much a hub may take.
    private Optional<String> share() {
        boolean isSaid = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(flag -> flag.startsWith("-Xmx") || flag.contains("MaxRAM") || flag.contains("MaxHeap"));
        return isSaid ? Optional.empty() : Optional.of("-XX:MaxRAMPercentage=" + Math.max(1.0, 50.0 / count));
    }

    /// Where the workers accept.
    public Endpoint endpoint() {
        return socket.endpoint();
    }

    /// Replaces the workers one after another; the connections that wait to be accepted do not notice.
    public void roll() {
        supervisor.roll();
    }

    /// Lets every worker read the configuration again, and take over what can change while it runs.
    public void reload() {
        supervisor.reload();
    }

    /// The figures of all workers, added up.
    public Map<String, Long> figures() {
        return supervisor.sums();
    }

    /// Lets all workers drain, within the grace.
    @Override
    public void close() {
        // Whoever connects from now on is refused; who has connected is still accepted by a worker that drains.
        socket.close();
        supervisor.close();
    }
}
