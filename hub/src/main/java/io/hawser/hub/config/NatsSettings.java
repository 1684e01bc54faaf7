package io.hawser.hub.config;

import io.hawser.Bytes;
import io.hawser.config.Setting;
import io.hawser.nats.NatsConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The NATS servers, with JetStream, of the cluster.
///
/// @param url such as `nats://127.0.0.1:4222`; several of one NATS cluster with commas between
/// @param credentials a file of NATS credentials, as `nsc` writes it: the JWT of a user and the seed of the
///     user's key; read anew for each connection
/// @param tls for `tls://` servers, where the JDK's own trust is not what is wanted
/// @param clusterKeyFile the key that signs what nodes tell each other, the same on each; without, one is
///     kept in NATS
/// @param replicas of history and leases, 1 to 5
/// @param storage where NATS keeps the history: `file` or `memory`
/// @param prefix begins the names of all that the cluster has in NATS
public record NatsSettings(
        @Setting(required = true) String url,
        Optional<Path> credentials,
        Optional<NatsTlsSettings> tls,
        Optional<Path> clusterKeyFile,
        int replicas,
        Storage storage,
        String prefix) {
    private static final NatsSettings DEFAULTS = new NatsSettings(
            "nats://127.0.0.1:4222", Optional.empty(), Optional.empty(), Optional.empty(), 1, Storage.FILE, "hawser");

    /// Where the history is.
    public enum Storage {
        FILE,
        MEMORY
    }

    public NatsSettings {
        var _ = NatsConfig.of(servers(url)).withReplicas(replicas).withPrefix(prefix);
    }

    /// All but the URL, which has no default.
    public static NatsSettings defaults() {
        return DEFAULTS;
    }

    private static String[] servers(String url) {
        return Arrays.stream(url.split(",", -1)).map(String::strip).toArray(String[]::new);
    }

    /// @throws io.hawser.StartupFailed if a file that it names cannot be read
    NatsConfig toConfig() {
        NatsConfig config = NatsConfig.of(key(), servers(url))
                .withReplicas(replicas)
                .withPrefix(prefix)
                .withInMemory(storage == Storage.MEMORY);
        if (credentials.isPresent()) config = config.withCredentials(credentials.get());
        return tls.flatMap(NatsTlsSettings::context).map(config::withTls).orElse(config);
    }

    private Bytes key() {
        return clusterKeyFile
                .map(file -> Bytes.ofUtf8(SecretFile.read("hub.nats.cluster_key_file", file)))
                .orElse(Bytes.EMPTY);
    }
}
