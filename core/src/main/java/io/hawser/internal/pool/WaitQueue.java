package io.hawser.internal.pool;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Those who wait, first come first served; any of them may leave, at no cost to the others.
///
/// Lock: the pool's guards all but the size, which is read without it.
final class WaitQueue<C> {
    private @Nullable Waiter<C> first;
    private @Nullable Waiter<C> last;
    private final AtomicInteger size = new AtomicInteger();

    int size() {
        return size.get();
    }

    boolean isEmpty() {
        return size.get() == 0;
    }

    void addLast(Waiter<C> waiter) {
        Waiter<C> before = last;
        waiter.previous = before;
        if (before == null) first = waiter;
        else before.next = waiter;
        last = waiter;
        size.incrementAndGet();
    }

    /// For one whose turn it was and who got nothing of use.
    void addFirst(Waiter<C> waiter) {
        Waiter<C> after = first;
        waiter.next = after;
        if (after == null) last = waiter;
        else after.previous = waiter;
        first = waiter;
        size.incrementAndGet();
    }

    @Nullable
    Waiter<C> poll() {
        Waiter<C> waiter = first;
        if (waiter != null) remove(waiter);
        return waiter;
    }

    /// Takes out `waiter`, which must be in.
    void remove(Waiter<C> waiter) {
        Waiter<C> before = waiter.previous;
        Waiter<C> after = waiter.next;
        if (before == null) first = after;
        else before.next = after;
        if (after == null) last = before;
        else after.previous = before;
        waiter.previous = null;
        waiter.next = null;
        size.decrementAndGet();
    }
}
