package io.hawser.hub.v1;

import io.hawser.cluster.TopicMessage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Encodes a message of a topic once for all that get it: of any topic while it is its latest, and of logs
/// the latest 8,192 of up to 1 KiB, which many who recover at once get one after another.
///
/// Thread: safe from any.
public final class EncodedOnce<T> {
    private record Encoded<T>(TopicMessage source, T form) {}

    static final int MOST_OF_LOGS = 8192;
    static final int MAX_BYTES = 1 << 10;
    private static final int MOST_OF_TOPICS = 64;

    private final Function<TopicMessage, T> encoder;
    private final AtomicReferenceArray<@Nullable Encoded<T>> byTopic = new AtomicReferenceArray<>(MOST_OF_TOPICS);
    /// Offsets count through all topics, so that the latest messages each have a place.
    private final AtomicReferenceArray<@Nullable Encoded<T>> byOffset = new AtomicReferenceArray<>(MOST_OF_LOGS);

    public EncodedOnce(Function<TopicMessage, T> encoder) {
        this.encoder = encoder;
    }

    public T of(TopicMessage message) {
        boolean isOfLog = !message.position().isNone() && message.payload().size() <= MAX_BYTES;
        return isOfLog
                ? of(message, byOffset, message.position().offset())
                : of(message, byTopic, message.topic().hashCode());
    }

    @SuppressWarnings("ReferenceEquality") // the very same message, which all share who get it
    private T of(TopicMessage message, AtomicReferenceArray<@Nullable Encoded<T>> recent, long number) {
        int slot = (int) Math.floorMod(number, (long) recent.length());
        Encoded<T> known = recent.get(slot);
        if (known != null && known.source() == message) return known.form();
        T form = encoder.apply(message);
        recent.set(slot, new Encoded<>(message, form));
        return form;
    }
}
