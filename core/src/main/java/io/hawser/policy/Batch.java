package io.hawser.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Items that go out together.
///
/// Lock: guarded by the monitor of its [Batches], but for the thread, which is set before anyone else sees
/// it.
final class Batch<Q, R extends @Nullable Object> {
    /// Those whose callers still wait.
    private final SequencedSet<BatchItem<Q, R>> items = new LinkedHashSet<>();
    private final Thread thread;
    private long sendByNanos;
    private long bytes;
    boolean full;
    boolean sent;

    Batch(Thread thread, long sendByNanos) {
        this.thread = thread;
        this.sendByNanos = sendByNanos;
    }

    Thread thread() {
        return thread;
    }

    long sendByNanos() {
        return sendByNanos;
    }

    /// Sends it by `nanos` if that is earlier than before.
    ///
    /// @return whether it is
    boolean hurry(long nanos) {
        if (nanos - sendByNanos >= 0) return false;
        sendByNanos = nanos;
        return true;
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return items.size();
    }

    List<BatchItem<Q, R>> items() {
        return List.copyOf(items);
    }

    void add(BatchItem<Q, R> item) {
        items.addLast(item);
        bytes += item.bytes();
    }

    boolean remove(BatchItem<Q, R> item) {
        if (!items.remove(item)) return false;
        bytes -= item.bytes();
        return true;
    }
}
