package io.hawser.internal.pool;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The connections that wait for a caller; the last that came is the first that goes, so that few are used
/// much and the others become idle and are closed.
///
/// A stack after Treiber: each push makes a node, so the head that a pop expects cannot be there a second
/// time. A node only ever comes nearer to the bottom, which is why [#prune] may unlink dead ones while others
/// push and pop: a pop that still saw one merely passes it by later.
///
/// Thread: push and pop from any; prune from one at a time.
final class IdleStack<C> {
    private final AtomicReference<@Nullable Node<C>> head = new AtomicReference<>();

    private static final class Node<C> {
        final Entry<C> entry;
        volatile @Nullable Node<C> next;

        Node(Entry<C> entry) {
            this.entry = entry;
        }
    }

    void push(Entry<C> entry) {
        Node<C> node = new Node<>(entry);
        Node<C> top;
        do {
            top = head.get();
            node.next = top;
        } while (!head.compareAndSet(top, node));
    }

    /// The entry that was pushed last and can be taken.
    @Nullable
    Entry<C> pop() {
        while (true) {
            Node<C> top = head.get();
            if (top == null) return null;
            if (head.compareAndSet(top, top.next) && top.entry.take()) return top.entry;
        }
    }

    /// Unlinks the nodes of connections that are gone.
    void prune() {
        Node<C> node = head.get();
        while (node != null) {
            Node<C> next = node.next;
            while (next != null && next.entry.isGone()) next = next.next;
            node.next = next;
            node = next;
        }
    }
}
