package io.hawser.nats;

import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Writes to a key-value bucket without waiting: the client library's own way waits for each entry.
///
/// Shape: an entry is a message of the bucket's stream, and a deletion one with a header (ADR-8 of NATS).
///
/// Thread: safe from any.
final class BucketWriter {
    private static final byte[] NOTHING = {};

    private final BrokerConnection connection;
    private final String prefix;

    BucketWriter(BrokerConnection connection, String bucket) {
        this.connection = connection;
        this.prefix = "$KV." + bucket + '.';
    }

    /// Done when it is stored.
    CompletableFuture<PublishAck> put(String key, String value) {
        return publish(key, null, value.getBytes(StandardCharsets.UTF_8));
    }

    /// Done when that is stored.
    CompletableFuture<PublishAck> delete(String key) {
        return publish(key, new Headers().put("KV-Operation", "DEL"), NOTHING);
    }

    private CompletableFuture<PublishAck> publish(String key, @Nullable Headers headers, byte[] value) {
        try {
            return connection.now().jetStream().publishAsync(prefix + key, headers, value);
        } catch (IOException | IllegalStateException away) {
            return CompletableFuture.failedFuture(away);
        }
    }
}
