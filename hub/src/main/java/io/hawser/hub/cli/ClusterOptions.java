package io.hawser.hub.cli;

import io.hawser.Bytes;
import io.hawser.nats.NatsConfig;
import java.io.IOException;
import java.nio.file.Files;
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
            defaultValue = "1",
            description = "On how many servers NATS keeps history and leases, 1 to 5 (1).")
    private int replicas;

    /// What they say together.
    ///
    /// @throws IllegalArgumentException if the key cannot be read, or there is something for servers that
    ///     are not named
    Optional<NatsConfig> nats() {
        List<String> named = servers;
        if (named == null) {
            if (credentials != null || keyFile != null) {
                throw new IllegalArgumentException("--nats-credentials and --cluster-key-file need --nats");
            }
            return Optional.empty();
        }
        NatsConfig config = NatsConfig.of(key(), named.toArray(String[]::new)).withReplicas(replicas);
        return Optional.of(credentials == null ? config : config.withCredentials(credentials));
    }

    private Bytes key() {
        Path file = keyFile;
        if (file == null) return Bytes.EMPTY;
        try {
            return Bytes.ofUtf8(Files.readString(file).strip());
        } catch (IOException e) {
            throw new IllegalArgumentException("--cluster-key-file " + file + " cannot be read", e);
        }
    }
}
