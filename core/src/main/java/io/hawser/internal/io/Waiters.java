package io.hawser.internal.io;

import io.hawser.Deadline;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Threads that wait for something that an event loop brings about, without a lock that the loop would have to
/// take: a loop that waits for a lock waits, in the worst case, for a virtual thread that only it can carry on.
///
/// A stack of waiting threads. Who brings something about calls [#wakeAll()], which takes the whole stack and
/// unparks each thread in it. A thread puts itself on the stack before it looks at its condition, so either it sees
/// what was brought about, or whoever did sees it. Who leaves for another reason than being woken wakes all the
/// others with it, which look again: that is rare, and keeps the stack no longer than there are threads.
///
/// Thread: safe from any; [#wakeAll()] never waits.
public final class Waiters {
    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(Waiters.class, "top", Waiter.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Waiter top;

    /// Waits until `condition` holds.
    ///
    /// @return false if it did not by `deadline`
    public boolean await(BooleanSupplier condition, Deadline deadline) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Waiter here = new Waiter(Thread.currentThread());
            push(here);
            try {
                while (!condition.getAsBoolean() && !here.woken) {
                    long nanos = deadline.remainingNanos();
                    if (nanos <= 0) return false;
                    LockSupport.parkNanos(this, nanos);
                    if (Thread.interrupted()) throw new InterruptedException();
                }
            } finally {
                if (!here.woken) wakeAll();
            }
        }
        return true;
    }

    private void push(Waiter waiter) {
        Waiter before;
        do {
            before = top;
            waiter.next = before;
        } while (!TOP.compareAndSet(this, before, waiter));
    }

    /// Lets every thread that waits look at its condition again.
    public void wakeAll() {
        if (top == null) return;
        Waiter waiter = (Waiter) TOP.getAndSet(this, null);
        while (waiter != null) {
            Waiter next = waiter.next;
            waiter.woken = true;
            LockSupport.unpark(waiter.thread);
            waiter = next;
        }
    }

    private static final class Waiter {
        private final Thread thread;

        /// Written before it is on the stack, and not after.
        private @Nullable Waiter next;

        private volatile boolean woken;

        Waiter(Thread thread) {
            this.thread = thread;
        }
    }
}
