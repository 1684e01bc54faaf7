package io.hawser.nats;

import io.hawser.Bytes;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A key that the nodes of a cluster find in the broker, where the first of them left it.
final class SharedKey {
    private static final Logger LOG = LoggerFactory.getLogger(SharedKey.class);
    private static final String NAME = "key";
    private static final int BYTES = 32;

    private final BrokerConnection connection;
    private final Names names;
    private final NatsConfig config;

    SharedKey(BrokerConnection connection, Names names, NatsConfig config) {
        this.connection = connection;
        this.names = names;
        this.config = config;
    }

    /// The one that is there, or a new one.
    Bytes find() throws IOException, JetStreamApiException {
        byte[] made = new byte[BYTES];
        new SecureRandom().nextBytes(made);
        return find(made);
    }

    /// Leaves `key` there again, if the broker has lost it: a node that comes later is to find the same.
    void keep(Bytes key) throws IOException, JetStreamApiException {
        if (find(key.toArray()).equals(key)) return;
        LOG.warn("another key of the cluster is in NATS than this node has: start it anew, or give all nodes a key");
    }

    private Bytes find(byte[] otherwise) throws IOException, JetStreamApiException {
        Connection at = connection.now();
        Buckets.make(
                at,
                KeyValueConfiguration.builder(names.key())
                        .replicas(config.replicas())
                        .storageType(config.isInMemory() ? StorageType.Memory : StorageType.File)
                        .build());
        KeyValue bucket = at.keyValue(names.key());
        byte[] known = valueIn(bucket);
        if (known != null) return Bytes.wrap(known);
        try {
            var _ = bucket.create(NAME, otherwise);
            return Bytes.wrap(otherwise);
        } catch (JetStreamApiException e) {
            // Another node was quicker.
            byte[] other = valueIn(bucket);
            if (other == null) throw e;
            return Bytes.wrap(other);
        }
    }

    private static byte @Nullable [] valueIn(KeyValue bucket) throws IOException, JetStreamApiException {
        KeyValueEntry entry = bucket.get(NAME);
        return entry == null ? null : entry.getValue();
    }
}
