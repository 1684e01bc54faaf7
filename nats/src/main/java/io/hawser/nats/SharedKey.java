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
        KeyValueEntry known = bucket.get(NAME);
        if (known != null) return Bytes.copyOf(known.getValue());
        byte[] made = new byte[BYTES];
        new SecureRandom().nextBytes(made);
        try {
            var _ = bucket.create(NAME, made);
            return Bytes.wrap(made);
        } catch (JetStreamApiException e) {
            // Another node was quicker.
            KeyValueEntry other = bucket.get(NAME);
            if (other == null) throw e;
            return Bytes.copyOf(other.getValue());
        }
    }
}
