package io.hawser.nats;

import io.hawser.Bytes;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of a cluster, of which the first signs and each verifies: the configured one, or those that the
/// nodes find in the broker, where the first of them left one.
///
/// A broker that has lost them gets them again from the nodes. If a node that was started there meanwhile
/// has made another, that one is first, for all, and theirs come behind it: so there is one order, that in
/// the broker, and what was signed before is good at every node.
///
/// Shape: one entry of a bucket, of keys of 32 bytes one behind the other.
///
/// Thread: `begin` and `agree` from one at a time; `all` from any.
final class ClusterKeys {
    /// More are made only by a broker that loses all it has again and again; then the last goes.
    static final int MAX = 8;

    static final int BYTES = 32;

    private static final Logger LOG = LoggerFactory.getLogger(ClusterKeys.class);
    private static final String NAME = "key";
    /// What the broker answers to a write upon something else than was read.
    private static final int WRITTEN_MEANWHILE = 10071;

    private static final int ATTEMPTS = 50;
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private final BrokerConnection connection;
    private final Names names;
    private final NatsConfig config;
    private volatile List<Bytes> keys;

    ClusterKeys(BrokerConnection connection, Names names, NatsConfig config) {
        this.connection = connection;
        this.names = names;
        this.config = config;
        this.keys = config.key().isEmpty() ? List.of() : List.of(config.key());
    }

    List<Bytes> all() {
        return keys;
    }

    /// Makes the bucket, and has the keys that are in it from then on.
    void begin() throws IOException, JetStreamApiException {
        if (!config.key().isEmpty()) return;
        Buckets.make(
                connection.now(),
                KeyValueConfiguration.builder(names.key())
                        .replicas(config.replicas())
                        .storageType(config.isInMemory() ? StorageType.Memory : StorageType.File)
                        .build());
        agree();
    }

    /// Takes over what is in the bucket now, and adds what is missing there.
    void agree() throws IOException, JetStreamApiException {
        if (!config.key().isEmpty()) return;
        KeyValue bucket = connection.now().keyValue(names.key());
        for (int attempt = 1; ; attempt++) {
            KeyValueEntry entry = bucket.get(NAME);
            byte[] value = entry == null ? null : entry.getValue();
            List<Bytes> there = parse(value);
            if (there.isEmpty() && value != null && value.length > 0) {
                LOG.warn(
                        "the keys of the cluster in NATS are {} bytes, which are no keys; they are replaced",
                        value.length);
            }
            List<Bytes> together = together(there, keys);
            try {
                if (!together.equals(there)) write(bucket, entry, together);
                if (there.isEmpty() && !keys.isEmpty()) LOG.info("NATS had no key of the cluster, and has it again");
                take(together);
                return;
            } catch (JetStreamApiException e) {
                // Another node was quicker; and a replica may not know of it yet.
                if (e.getApiErrorCode() != WRITTEN_MEANWHILE || attempt == ATTEMPTS) throw e;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void write(KeyValue bucket, @Nullable KeyValueEntry before, List<Bytes> keys)
            throws IOException, JetStreamApiException {
        byte[] value = Bytes.concat(keys.toArray(Bytes[]::new)).toArray();
        var _ = before == null ? bucket.create(NAME, value) : bucket.update(NAME, value, before.getRevision());
    }

    private void take(List<Bytes> together) {
        List<Bytes> before = keys;
        if (together.equals(before)) return;
        keys = together;
        if (before.isEmpty()) return;
        LOG.warn("the keys of the cluster in NATS have changed: {} verify, the first of which signs", together.size());
        if (!together.containsAll(before)) LOG.warn("a key of the cluster was one too many, and verifies no more");
    }

    /// The first of those that are `there` and those that are known `here`; if there is none, a new one.
    static List<Bytes> together(List<Bytes> there, List<Bytes> here) {
        LinkedHashSet<Bytes> all = new LinkedHashSet<>(there);
        all.addAll(here);
        if (all.isEmpty()) all.add(random());
        return all.stream().limit(MAX).toList();
    }

    private static Bytes random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return Bytes.wrap(key);
    }

    /// The keys of an entry; none if it has another shape.
    static List<Bytes> parse(byte @Nullable [] value) {
        if (value == null || value.length % BYTES != 0) return List.of();
        Bytes all = Bytes.wrap(value);
        List<Bytes> keys = new ArrayList<>();
        for (int at = 0; at < all.size(); at += BYTES) keys.add(all.slice(at, at + BYTES));
        return keys;
    }
}
