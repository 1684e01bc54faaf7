package io.hawser.internal.pool;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.pool.ConnectionStatus;
import io.hawser.pool.Watch;
import io.hawser.tcp.ConnectionState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A bounded queue of states for one reader; when it is full the oldest goes, so the last is always there.
public final class StatusFeed implements Watch {
    private final int maxUnread;
    private final Consumer<StatusFeed> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ConnectionStatus> unread = new ArrayDeque<>();
    private long dropped;
    private boolean ended;

    StatusFeed(int maxUnread, Consumer<StatusFeed> onClose) {
        this.maxUnread = maxUnread;
        this.onClose = onClose;
    }

    void add(ConnectionStatus status) {
        lock.lock();
        try {
            if (ended) return;
            if (unread.size() == maxUnread) {
                unread.removeFirst();
                dropped++;
            }
            unread.addLast(status);
            if (status.state() == ConnectionState.CLOSED) ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        lock.lock();
        try {
            ended = true;
            unread.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Iterator<ConnectionStatus> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return awaitNext();
            }

            @Override
            public ConnectionStatus next() {
                return take();
            }
        };
    }

    /// @return false if no more will come
    private boolean awaitNext() {
        Deadline deadline = Deadline.current();
        lock.lock();
        try {
            while (unread.isEmpty()) {
                if (ended) return false;
                long left = deadline.remainingNanos();
                if (left <= 0) throw new DeadlineExceeded("a change of the connection", Processed.NO);
                var _ = changed.await(left, TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while watching a connection", Processed.NO, e);
        } finally {
            lock.unlock();
        }
    }

    private ConnectionStatus take() {
        if (!awaitNext()) throw new NoSuchElementException("the watch has ended");
        lock.lock();
        try {
            ConnectionStatus next = unread.poll();
            if (next == null) throw new NoSuchElementException("another iterator took it");
            return next;
        } finally {
            lock.unlock();
        }
    }
}
