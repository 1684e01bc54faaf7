package io.hawser.internal.pool;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A caller that waits for a connection, in a [WaitQueue].
///
/// Lock: the pool's guards all fields; `entry` and `failure` are read without it by the caller.
final class Waiter<C> {
    private final Thread thread = Thread.currentThread();

    @Nullable
    Waiter<C> previous;

    @Nullable
    Waiter<C> next;

    private volatile @Nullable Entry<C> entry;
    private volatile @Nullable Throwable failure;

    void give(Entry<C> given) {
        entry = given;
        LockSupport.unpark(thread);
    }

    void fail(Throwable reason) {
        failure = reason;
        LockSupport.unpark(thread);
    }

    @Nullable
    Entry<C> entry() {
        return entry;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean isAnswered() {
        return entry != null || failure != null;
    }
}
