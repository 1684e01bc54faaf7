package io.hawser.hub.cli;

import io.hawser.Bytes;
import io.hawser.StartupFailed;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.config.SecretFile;
import io.hawser.nats.NatsConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which cluster a hub belongs to.
final class ClusterOptions {
    @Option(
            names = "--nats",
            paramLabel = "URL",
            split = ",",
            description = "The NATS servers of the cluster, with JetStream; without, this hub is alone.")
    private @Nullable List<String> servers;

    @Option(
            names = "--nats-credentials",
            paramLabel = "FILE",
            description = "Who this hub is to NATS: a file as nsc writes it, read anew for each connection.")
    private @Nullable Path credentials;

    @Option(
            names = "--cluster-key-file",
            paramLabel = "FILE",
            description = "The cluster's key, the same on every node; without, one is kept in NATS.")
    private @Nullable Path keyFile;

    @Option(
            names = "--nats-replicas",
            paramLabel = "N",
            description = "On how many servers NATS keeps history and leases, 1 to 5 (1).")
    private @Nullable Integer replicas;

    private static NatsConfig withKey(NatsConfig config, Path file) {
        try {
            return config.withKey(Bytes.ofUtf8(SecretFile.read("--cluster-key-file", file)));
        } catch (IllegalArgumentException e) {
            throw new StartupFailed("--cluster-key-file " + file + ": " + e.getMessage(), e);
        }
    }

    /// `base` with what they say.
    ///
    /// @throws IllegalArgumentException if there is something for servers that nobody names
    /// @throws StartupFailed if the key cannot be read, or is too short
    ClusterConfig on(ClusterConfig base) {
        List<String> named = servers;
        Optional<NatsConfig> nats = base.nats();
        if (named != null) {
            String[] all = named.toArray(String[]::new);
            nats = Optional.of(nats.map(before -> before.withServers(all)).orElseGet(() -> NatsConfig.of(all)));
        }
        if (nats.isEmpty()) {
            if (credentials != null || keyFile != null || replicas != null) {
                throw new IllegalArgumentException(
                        "--nats-credentials, --cluster-key-file and --nats-replicas need --nats");
            }
            return base;
        }
        NatsConfig config = nats.get();
        if (credentials != null) config = config.withCredentials(credentials);
        if (keyFile != null) config = withKey(config, keyFile);
        return base.withNats(replicas == null ? config : config.withReplicas(replicas));
    }
}
