package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.http.Body.Producer;
import io.hawser.http.Headers;
import io.hawser.http.Sink;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A producer on a virtual thread of its own, and a reader that takes what it writes. One piece at most waits
/// between
/// them.
///
/// State, under the lock: `piece` is null once taken; `ended` once the producer has returned or thrown, with
/// what it
/// threw in `failure`; `readToEnd` once the reader has been told so; `abandoned` once it wants no more.
final class Handover implements Sink {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;

    private @Nullable Bytes piece;
    private @Nullable Throwable failure;
    private Headers trailers = Headers.EMPTY;
    private boolean ended;
    private boolean abandoned;
    private boolean readToEnd;

    Handover(Producer producer) {
        Deadline deadline = Deadline.current();
        thread = Thread.ofVirtual().name("hawser-body").start(() -> run(producer, deadline));
    }

    private void run(Producer producer, Deadline deadline) {
        Throwable thrown = null;
        try {
            deadline.call(() -> {
                producer.writeTo(this);
                return true;
            });
        } catch (Throwable problem) {
            thrown = problem;
        }
        lock.lock();
        try {
            ended = true;
            failure = thrown;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The next piece, [Bytes#EMPTY] at the end.
    Bytes take() {
        lock.lock();
        try {
            while (piece == null && !ended && !abandoned) await("the next piece of a body");
            Bytes taken = piece;
            if (taken != null) {
                piece = null;
                changed.signalAll();
                return taken;
            }
            if (!abandoned && failure != null) throw rethrown(failure);
            readToEnd = true;
            return Bytes.EMPTY;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(Bytes next) {
        if (next.isEmpty()) return;
        lock.lock();
        try {
            while (piece != null && !abandoned) await("the reader of a body");
            if (abandoned) throw new Cancelled("the reader of the body has closed it", Processed.MAYBE, null);
            piece = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void trailers(Headers last) {
        lock.lock();
        try {
            trailers = last;
        } finally {
            lock.unlock();
        }
    }

    Headers trailers() {
        lock.lock();
        try {
            return readToEnd ? trailers : Headers.EMPTY;
        } finally {
            lock.unlock();
        }
    }

    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            piece = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    /// Waits under the lock for a change.
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private void await(String what) {
        Deadline deadline = Deadline.current();
        try {
            if (!deadline.isBounded()) changed.await();
            else if (!changed.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new DeadlineExceeded(what, Processed.MAYBE);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for " + what, Processed.MAYBE, interrupt);
        }
    }

    private static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof Error error) throw error;
        if (failure instanceof RuntimeException unchecked) throw unchecked;
        return new BodyBroken(failure);
    }
}
