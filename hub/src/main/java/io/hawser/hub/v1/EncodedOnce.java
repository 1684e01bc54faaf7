package io.hawser.hub.v1;

import io.hawser.cluster.TopicMessage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Encodes a message of a topic once for all that get it at about the same time.
///
/// Thread: safe from any.
public final class EncodedOnce<T> {
    private record Encoded<T>(TopicMessage source, T form) {}

    private static final int SLOTS = 64;

    private final Function<TopicMessage, T> encoder;
    private final AtomicReferenceArray<@Nullable Encoded<T>> recent = new AtomicReferenceArray<>(SLOTS);

    public EncodedOnce(Function<TopicMessage, T> encoder) {
        this.encoder = encoder;
    }

    @SuppressWarnings("ReferenceEquality") // the very same message, which listeners share
    public T of(TopicMessage message) {
        int slot = (message.topic().hashCode() & Integer.MAX_VALUE) % SLOTS;
        Encoded<T> known = recent.get(slot);
        if (known != null && known.source() == message) return known.form();
        T form = encoder.apply(message);
        recent.set(slot, new Encoded<>(message, form));
        return form;
    }
}
