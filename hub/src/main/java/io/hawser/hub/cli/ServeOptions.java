package io.hawser.hub.cli;

import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.hub.BareMode;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Protocols;
import io.hawser.hub.config.FileWatch;
import io.hawser.hub.config.HubFile;
import io.hawser.io.ExecutionMode;
import io.hawser.io.Transport;
import io.hawser.tcp.ListenConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `serve` can be told; it counts before the configuration file.
final class ServeOptions {
    /// Of each protocol that has a limit of its own.
    private static final int DEFAULT_MAX = Protocols.defaults().maxWebSockets();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration (JSON or HOCON); options and environment variables count before it.")
    private @Nullable Path file;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = {"Where to listen (127.0.0.1)."})
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "0: any free one (9000).")
    private @Nullable Integer port;

    @Option(
            names = "--bare",
            paramLabel = "managed|echo|off",
            description = "What a peer gets that says no hello (managed on a loopback address, else off).")
    private @Nullable BareMode bare;

    @Option(names = "--max-connections", paramLabel = "N", description = "More are told to come later (10000).")
    private @Nullable Integer maxConnections;

    @Option(
            names = "--max-message-bytes",
            paramLabel = "SIZE",
            converter = SizeOption.class,
            description = "The longest message (1MiB).")
    private @Nullable Integer maxMessageBytes;

    @Option(
            names = "--transport",
            paramLabel = "auto|io_uring|epoll|kqueue|nio",
            description = "The interface to the sockets (auto).")
    private @Nullable Transport transport;

    @Option(names = "--threads", paramLabel = "N", description = "Event loops; 0: as many as cores (0).")
    private @Nullable Integer threads;

    @Option(
            names = "--handlers",
            paramLabel = "event_loop|virtual|loop_carrier",
            description = "Where the hub's own handlers run (event_loop).")
    private @Nullable ExecutionMode handlers;

    @Option(names = "--node", paramLabel = "NAME", description = "The name of this hub (hawser).")
    private @Nullable String node;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private AccessOptions access = new AccessOptions();

    @ArgGroup
    private @Nullable Certificate certificate;

    /// TLS, beside plain connections on the same port unless the file refuses them: with files, or with a
    /// certificate made at the start.
    private static final class Certificate {
        @ArgGroup(exclusive = false)
        private @Nullable Files files;

        @Option(names = "--tls-self-signed", description = "Serve TLS too, with a new certificate for localhost.")
        private boolean selfSigned;

        /// What the file says of TLS, with this certificate.
        Tls on(Optional<Tls> base) {
            Files named = files;
            Tls tls = selfSigned || named == null ? Tls.selfSigned() : Tls.server(named.certificate, named.key);
            return base.map(before -> before.withIdentity(tls.identity().orElseThrow()))
                    .orElse(tls);
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

    /// Knows the file as it is now; nothing to watch where there is none.
    Optional<FileWatch> watch() {
        return Optional.ofNullable(file).map(FileWatch::of);
    }

    /// The file, with what the options say; read anew at each call.
    ///
    /// @throws StartupFailed if the file does not fit, naming line and key
    /// @throws IllegalArgumentException if an option does not fit
    HubConfig config() {
        return applied(configured(read()));
    }

    /// What an operator should know of [#config()].
    Optional<String> advice(HubConfig config) {
        return read().advice(config.listen()).or(() -> adviceOnNames(config));
    }

    /// Who asks a hub on a loopback address for another name has come through something else, most likely.
    private static Optional<String> adviceOnNames(HubConfig config) {
        boolean isOpen = config.listen().endpoint().isLoopback()
                && config.access().adminToken().isEmpty();
        if (!isOpen || config.access().names().isEmpty()) return Optional.empty();
        return Optional.of("hub.server.names says that something stands in front of "
                + config.listen().endpoint() + ": without an admin token whoever that lets through is an administrator,"
                + " unless it says that it forwards (X-Forwarded-For, Forwarded, Via): --admin-token-file FILE");
    }

    private HubFile read() {
        return HubFile.source(Optional.ofNullable(file)).read(HubFile.class).value();
    }

    private static HubConfig configured(HubFile read) {
        try {
            return read.toConfig();
        } catch (IllegalArgumentException e) {
            throw new StartupFailed(String.valueOf(e.getMessage()), e);
        }
    }

    private HubConfig applied(HubConfig config) {
        HubConfig changed = config.withListen(listen(config.listen()))
                .withProtocols(protocols(config.protocols()))
                .withCluster(cluster.on(config.cluster()));
        changed = changed.withAccess(access.on(changed.access()));
        if (threads != null) changed = changed.withIo(changed.io().withThreads(threads));
        if (transport != null) changed = changed.withIo(changed.io().withTransport(transport));
        return node == null ? changed : changed.withNode(node);
    }

    private ListenConfig listen(ListenConfig configured) {
        Endpoint at = configured.endpoint();
        ListenConfig changed = configured;
        if (host != null || port != null) {
            changed =
                    changed.withEndpoint(Endpoint.of(host == null ? at.host() : host, port == null ? at.port() : port));
        }
        if (maxConnections != null) changed = widened(changed, maxConnections);
        if (certificate == null) return changed;
        boolean isPlainRefused = configured.tls().isPresent() && !configured.isPlainAllowed();
        changed = changed.withTls(certificate.on(configured.tls()));
        return isPlainRefused ? changed : changed.withPlainAllowed();
    }

    /// A limit of one protocol that was left at its default goes along with that of all.
    private static ListenConfig widened(ListenConfig configured, int all) {
        ListenConfig changed = configured.withMaxConnections(all);
        for (Map.Entry<String, Integer> limit : configured.protocolLimits().entrySet()) {
            if (limit.getValue() == DEFAULT_MAX && all > DEFAULT_MAX) {
                changed = changed.withMaxConnections(limit.getKey(), all);
            }
        }
        return changed;
    }

    private Protocols protocols(Protocols configured) {
        Protocols changed = configured;
        if (maxConnections != null && maxConnections > DEFAULT_MAX && configured.maxWebSockets() == DEFAULT_MAX) {
            changed = changed.withMaxWebSockets(maxConnections);
        }
        if (maxMessageBytes != null) {
            changed = changed.withMessaging(changed.messaging().withMaxMessageBytes(maxMessageBytes));
        }
        if (bare != null) changed = changed.withBare(bare);
        return handlers == null ? changed : changed.withHandlers(handlers);
    }
}
