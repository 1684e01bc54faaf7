package io.hawser.hub.v1;

import io.hawser.cluster.TopicMessage;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Encodes a message of a topic once for all that get it: of any topic while it is its latest and somebody still has
/// it to send, and of logs the latest 8,192 of up to 1 KiB, which many who recover at once get one after another.
///
/// Thread: safe from any.
public final class EncodedOnce<T> {
    private record Encoded<T>(TopicMessage source, T form) {}

    /// What is large is not held for who might come.
    private record Latest<T>(WeakReference<TopicMessage> source, WeakReference<T> form) {
        @Nullable
        T formOf(TopicMessage message) {
            return source.refersTo(message) ? form.get() : null;
        }
    }

    static final int MOST_OF_LOGS = 8192;
    static final int MAX_BYTES = 1 << 10;
    private static final int MOST_OF_TOPICS = 64;

    private final Function<TopicMessage, T> encoder;
    private final AtomicReferenceArray<@Nullable Latest<T>> byTopic = new AtomicReferenceArray<>(MOST_OF_TOPICS);
    /// Offsets count through all topics, so that the latest messages each have a place.
    private final AtomicReferenceArray<@Nullable Encoded<T>> byOffset = new AtomicReferenceArray<>(MOST_OF_LOGS);

    public EncodedOnce(Function<TopicMessage, T> encoder) {
        this.encoder = encoder;
    }

    public T of(TopicMessage message) {
        boolean isOfLog = !message.position().isNone() && message.payload().size() <= MAX_BYTES;
        return isOfLog ? ofLog(message) : ofTopic(message);
    }

    @SuppressWarnings("ReferenceEquality") // the very same message, which all share who get it
    private T ofLog(TopicMessage message) {
        int slot = (int) Math.floorMod(message.position().offset(), (long) MOST_OF_LOGS);
        Encoded<T> known = byOffset.get(slot);
        if (known != null && known.source() == message) return known.form();
        T form = encoder.apply(message);
        byOffset.set(slot, new Encoded<>(message, form));
        return form;
    }

    private T ofTopic(TopicMessage message) {
        int slot = Math.floorMod(message.topic().hashCode(), MOST_OF_TOPICS);
        Latest<T> known = byTopic.get(slot);
        T before = known == null ? null : known.formOf(message);
        if (before != null) return before;
        T form = encoder.apply(message);
        byTopic.set(slot, new Latest<>(new WeakReference<>(message), new WeakReference<>(form)));
        return form;
    }
}
