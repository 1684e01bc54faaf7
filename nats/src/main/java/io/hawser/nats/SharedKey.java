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

/// A key that the nodes of a cluster find in the broker, where the first of them left it.
final class SharedKey {
    private static final String NAME = "key";
    private static final int BYTES = 32;

    private SharedKey() {}

    static Bytes find(Connection connection, Names names, NatsConfig config) throws IOException, JetStreamApiException {
        var _ = connection
                .keyValueManagement()
                .create(KeyValueConfiguration.builder(names.key())
                        .replicas(config.replicas())
                        .storageType(config.isInMemory() ? StorageType.Memory : StorageType.File)
                        .build());
        KeyValue bucket = connection.keyValue(names.key());
        byte[] known = valueIn(bucket);
        if (known != null) return Bytes.wrap(known);
        byte[] made = new byte[BYTES];
        new SecureRandom().nextBytes(made);
        try {
            var _ = bucket.create(NAME, made);
            return Bytes.wrap(made);
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
