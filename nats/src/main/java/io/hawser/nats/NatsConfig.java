package io.hawser.nats;

import io.hawser.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// How a node reaches NATS, and what the cluster keeps there.
///
/// @param servers such as `nats://127.0.0.1:4222` or `tls://user:secret@broker:4222`; any of one NATS
///     cluster will do. Over TLS the certificate has to be for the host that is named here
/// @param prefix begins the names of all that the cluster has in NATS: 1 to 32 lower-case letters, digits or
///     `-`; default `hawser`
/// @param credentials a file of NATS credentials, as `nsc` writes it: the JWT of a user and the seed of the
///     user's key; it is read anew for each connection
/// @param tls for `tls` servers, where the JDK's own trust is not what is wanted
/// @param isInMemory whether the broker keeps history in memory only; default false
/// @param replicas of history and leases, 1 to 5; default 1
/// @param maxBytes of history of all topics together; over it the oldest messages go; default 1 GiB
/// @param key signs what nodes tell each other: at least 16 bytes, the same on each; empty for one that the
///     first node makes and leaves in the broker, so that whoever may read or write there may sign:
///     [NatsBackplane#keys]
public record NatsConfig(
        List<String> servers,
        String prefix,
        Optional<Path> credentials,
        Optional<SSLContext> tls,
        boolean isInMemory,
        int replicas,
        long maxBytes,
        Bytes key) {
    private static final int MAX_PREFIX = 32;
    private static final int MIN_KEY_BYTES = 16;

    public NatsConfig {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) throw new IllegalArgumentException("servers is empty");
        for (String server : servers) {
            if (server.regionMatches(true, 0, "opentls:", 0, 8)) {
                throw new IllegalArgumentException("a server of opentls: it looks at no certificate; use tls");
            }
        }
        if (!prefix.matches("[a-z0-9-]{1," + MAX_PREFIX + "}")) {
            throw new IllegalArgumentException(
                    "prefix '" + prefix + "': 1 to " + MAX_PREFIX + " lower-case letters, digits or -");
        }
        if (replicas < 1 || replicas > 5) throw new IllegalArgumentException("replicas " + replicas + ": from 1 to 5");
        if (maxBytes < 1) throw new IllegalArgumentException("maxBytes " + maxBytes + ": above zero");
        if (!key.isEmpty() && key.size() < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("key of " + key.size() + " bytes: at least " + MIN_KEY_BYTES);
        }
    }

    /// One server or several of one NATS cluster, and the defaults.
    public static NatsConfig of(Bytes key, String... servers) {
        return new NatsConfig(List.of(servers), "hawser", Optional.empty(), Optional.empty(), false, 1, 1L << 30, key);
    }

    /// One server or several of one NATS cluster, the defaults, and a key that is left in the broker.
    public static NatsConfig of(String... servers) {
        return of(Bytes.EMPTY, servers);
    }

    public NatsConfig withServers(String... changed) {
        return new NatsConfig(List.of(changed), prefix, credentials, tls, isInMemory, replicas, maxBytes, key);
    }

    public NatsConfig withPrefix(String changed) {
        return new NatsConfig(servers, changed, credentials, tls, isInMemory, replicas, maxBytes, key);
    }

    public NatsConfig withCredentials(Path changed) {
        return new NatsConfig(servers, prefix, Optional.of(changed), tls, isInMemory, replicas, maxBytes, key);
    }

    public NatsConfig withTls(SSLContext changed) {
        return new NatsConfig(servers, prefix, credentials, Optional.of(changed), isInMemory, replicas, maxBytes, key);
    }

    public NatsConfig withInMemory(boolean changed) {
        return new NatsConfig(servers, prefix, credentials, tls, changed, replicas, maxBytes, key);
    }

    public NatsConfig withReplicas(int changed) {
        return new NatsConfig(servers, prefix, credentials, tls, isInMemory, changed, maxBytes, key);
    }

    public NatsConfig withMaxBytes(long changed) {
        return new NatsConfig(servers, prefix, credentials, tls, isInMemory, replicas, changed, key);
    }

    public NatsConfig withKey(Bytes changed) {
        return new NatsConfig(servers, prefix, credentials, tls, isInMemory, replicas, maxBytes, changed);
    }

    /// Looks at the file of credentials, if there is one.
    ///
    /// @throws io.hawser.StartupFailed if it cannot be used, naming it and what is wrong with it
    public void check() {
        credentials.map(CredentialsFile::new).ifPresent(CredentialsFile::check);
    }

    /// Without the key, and what else in it is secret.
    @Override
    public String toString() {
        return "NatsConfig[" + prefix + " at " + Connecting.shown(this) + ", replicas " + replicas + ", "
                + (isInMemory ? "in memory" : "on disk") + ", " + maxBytes + " bytes]";
    }
}
