package io.hawser.internal.topic;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Topic;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Messages of a topic of Hawser's own that are published so rarely that the broker keeps them for as long
/// as it keeps anything. While the oldest of them is there, age and size have taken nothing that came after
/// it: so a topic that has not been full has lost nothing since, and a position of before its first message
/// can be proved.
///
/// All nodes look for marks, and whoever misses one first publishes it; two at once do no harm.
///
/// Thread: safe from any.
final class HistoryMarks {
    static final Topic TOPIC = LogBroker.MARKS;

    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration LEAST = Duration.ofMinutes(10);

    private final LogBroker broker;
    private final TimeSource time;
    private volatile long dueNanos;
    private volatile long everyNanos = LEAST.toNanos();

    HistoryMarks(LogBroker broker, TimeSource time) {
        this.broker = broker;
        this.time = time;
        seen();
    }

    /// Another node, or this one, has published a mark.
    void seen() {
        dueNanos = time.nanoTime() + everyNanos;
    }

    /// Publishes one if it is due.
    void look(LogState state) {
        everyNanos = Math.max(LEAST.toNanos(), KEPT.toNanos() / Math.max(1, state.perTopic()));
        if (time.nanoTime() - dueNanos < 0) return;
        // If it fails, the next one is in time.
        var _ = publish();
    }

    CompletableFuture<Appended> publish() {
        seen();
        return broker.append(Publication.of(TOPIC, Bytes.EMPTY), Marks.tag());
    }
}
