package io.hawser.internal.link;

import io.hawser.io.ConnectionLimits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// An inbox with one producer, the event loop, and one consumer at a time.
///
/// The loop links items into a list and, at the end of its turn, publishes how many there are by adding to
/// `unhandled`. The consumer touches only nodes that `unhandled` has published, so the links between nodes
/// need no fence of their own: one atomic operation a batch.
abstract class QueuedInbox extends Inbox {
    /// Shorter messages are bounded well enough by their number.
    private static final int COUNTED_BYTES = 4 << 10;

    private static final VarHandle UNHANDLED;
    private static final VarHandle BYTES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            UNHANDLED = lookup.findVarHandle(QueuedInbox.class, "unhandled", int.class);
            BYTES = lookup.findVarHandle(QueuedInbox.class, "bytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int unhandled;
    private volatile long bytes;

    /// Owner: the event loop.
    private @Nullable Node last;

    private int collected;
    /// The last node taken; its successor is the next. Owner: the consumer.
    private @Nullable Node taken;

    QueuedInbox(Link link) {
        super(link);
    }

    @Override
    final void add(Object item) {
        int size = link.itemBytes(item);
        Node node = new Node(item, size < COUNTED_BYTES ? 0 : size);
        if (node.bytes > 0) BYTES.getAndAdd(this, (long) node.bytes);
        Node before = last;
        last = node;
        collected++;
        if (before == null) {
            Node first = new Node(Event.OPENED, 0);
            first.next = node;
            taken = first;
        } else {
            before.next = node;
        }
    }

    @Override
    final void dispatch() {
        int added = collected;
        if (added == 0) return;
        collected = 0;
        if ((int) UNHANDLED.getAndAdd(this, added) == 0) firstPublished();
    }

    /// There was nothing to handle, and now there is. Thread: the event loop.
    abstract void firstPublished();

    @Override
    final boolean isFull() {
        ConnectionLimits limits = link.group.limits();
        return unhandled + collected >= limits.maxInFlight() || bytes >= limits.hardQueueBytes();
    }

    final int unhandled() {
        return unhandled;
    }

    /// Marks `count` items as handled, and lets the link read again where it waited for that.
    ///
    /// @return how many are left
    final int handled(int count) {
        int left = (int) UNHANDLED.getAndAdd(this, -count) - count;
        if (link.isPaused()) resumeReading();
        return left;
    }

    private void resumeReading() {
        try {
            link.channel.eventLoop().execute(link::resumeReading);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and there is nothing to read: what is left here must still be handled.
        }
    }

    /// Takes the next item, of which there must be one. Thread: the consumer's.
    final Object take() {
        Node before = taken;
        if (before == null || before.next == null) throw new IllegalStateException("fewer items than published");
        Node node = before.next;
        taken = node;
        Object item = node.item;
        node.item = null;
        if (item == null) throw new IllegalStateException("item taken twice");
        if (node.bytes > 0) BYTES.getAndAdd(this, -(long) node.bytes);
        return item;
    }

    private static final class Node {
        private @Nullable Object item;
        private final int bytes;
        private @Nullable Node next;

        Node(Object item, int bytes) {
            this.item = item;
            this.bytes = bytes;
        }
    }
}
