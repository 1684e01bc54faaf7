package io.hawser.internal.io;

import java.util.AbstractQueue;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// An event loop's queue that counts what is taken from it. Only the loop takes, so the count costs a plain addition.
final class CountedQueue extends AbstractQueue<Runnable> {
    private final Queue<Runnable> tasks;

    /// Written by the loop's thread only, so it needs no fence; read by the statistics.
    private final AtomicLong taken = new AtomicLong();

    private boolean claimed;

    CountedQueue(Queue<Runnable> tasks) {
        this.tasks = tasks;
    }

    /// True for the first who asks: Netty asks for a second queue, which this is not.
    boolean claim() {
        boolean first = !claimed;
        claimed = true;
        return first;
    }

    long taken() {
        return taken.get();
    }

    @Override
    public boolean offer(Runnable task) {
        return tasks.offer(task);
    }

    @Override
    public @Nullable Runnable poll() {
        Runnable task = tasks.poll();
        if (task != null) taken.setRelease(taken.getPlain() + 1);
        return task;
    }

    @Override
    public @Nullable Runnable peek() {
        return tasks.peek();
    }

    @Override
    public boolean remove(Object task) {
        return tasks.remove(task);
    }

    @Override
    public boolean isEmpty() {
        return tasks.isEmpty();
    }

    @Override
    public int size() {
        return tasks.size();
    }

    @Override
    public Iterator<Runnable> iterator() {
        return tasks.iterator();
    }
}
