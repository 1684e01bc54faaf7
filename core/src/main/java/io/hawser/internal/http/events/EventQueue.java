package io.hawser.internal.http.events;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.io.ConnectionLimits;
import java.util.ArrayDeque;

/// The events of one stream that wait to be sent, within their limits, and what was counted of them.
///
/// Thread: guarded by the lock of its stream.
final class EventQueue {
    private final ConnectionLimits limits;
    private final TimeSource time;
    private final ArrayDeque<Bytes> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long sent;
    private long sentBytes;
    private long dropped;
    private long lastTakenNanos;

    EventQueue(ConnectionLimits limits, TimeSource time) {
        this.limits = limits;
        this.time = time;
        this.lastTakenNanos = time.nanoTime();
    }

    /// Its reader is here.
    void touch() {
        lastTakenNanos = time.nanoTime();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Whether senders should wait.
    boolean isFull() {
        return waitingBytes >= limits.softQueueBytes();
    }

    /// Adds an event, if there is room; counts it as dropped if not.
    boolean offer(Bytes event) {
        if (tryOffer(event)) return true;
        drop();
        return false;
    }

    /// As [#offer], not counted.
    boolean tryOffer(Bytes event) {
        if (isFull() || (!isEmpty() && waitingBytes + event.size() > limits.hardQueueBytes())) return false;
        add(event);
        return true;
    }

    /// Counts an event that is not added.
    void drop() {
        dropped++;
    }

    /// Whether less than half waits of what makes senders wait.
    boolean isHalfEmpty() {
        return waitingBytes < limits.softQueueBytes() / 2;
    }

    /// Adds an event, whatever waits already.
    void add(Bytes event) {
        if (isEmpty()) touch();
        waiting.add(event);
        waitingBytes += event.size();
        sent++;
    }

    /// Adds what is no event.
    void addControl(Bytes bytes) {
        waiting.add(bytes);
    }

    /// Whether events have waited for longer than a reader may take.
    boolean isStalled() {
        long waited = time.nanoTime() - lastTakenNanos;
        return !isEmpty() && waited > limits.stallTimeout().toNanos();
    }

    /// All that waits, in one piece.
    Bytes takeAll() {
        Bytes taken = waiting.size() == 1 ? waiting.remove() : Bytes.concat(waiting.toArray(Bytes[]::new));
        clear();
        sentBytes += taken.size();
        return taken;
    }

    void clear() {
        waiting.clear();
        waitingBytes = 0;
    }

    long waitingBytes() {
        return waitingBytes;
    }

    long sent() {
        return sent;
    }

    long sentBytes() {
        return sentBytes;
    }

    long dropped() {
        return dropped;
    }

    long nanosSinceTaken() {
        return time.nanoTime() - lastTakenNanos;
    }
}
