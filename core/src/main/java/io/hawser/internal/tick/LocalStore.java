package io.hawser.internal.tick;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A [StateTable] of this process.
record LocalStore(StateTable table) implements StateStore {
    @Override
    public Optional<Bytes> find(String map, String key) {
        return table.find(map, key);
    }

    @Override
    public Swapped swap(String map, String key, Expected expected, Optional<Bytes> value, Optional<Fence> fence) {
        return table.swap(map, key, expected, value, fence);
    }

    @Override
    public List<String> keys(String map, String after, int max) {
        return table.keys(map, after, max);
    }

    @Override
    public int size(String map) {
        return table.size(map);
    }

    @Override
    public void clear(String map, Optional<Fence> fence) {
        table.clear(map, fence);
    }

    @Override
    public long add(String counter, long delta) {
        return table.add(counter, delta);
    }

    @Override
    public long exchange(String counter, OptionalLong expected, long value) {
        return table.exchange(counter, expected, value);
    }

    @Override
    public long acquire(String lock) {
        CompletableFuture<Long> grant = table.acquire(lock, this);
        boolean held = false;
        try {
            long token = grant.get(Math.max(0, Deadline.current().remainingNanos()), TimeUnit.NANOSECONDS);
            held = true;
            return token;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for lock " + lock, Processed.NO, e);
        } catch (TimeoutException e) {
            throw new DeadlineExceeded("lock " + lock, Processed.NO);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            if (!held) table.withdraw(lock, grant);
        }
    }

    @Override
    public OptionalLong tryAcquire(String lock) {
        return table.tryAcquire(lock, this);
    }

    @Override
    public void release(String lock, long token) {
        table.release(lock, token);
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
