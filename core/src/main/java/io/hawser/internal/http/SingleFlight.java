package io.hawser.internal.http;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Does the same work once for all who ask for it at the same time, on the thread of the first of them.
///
/// Who waits leaves at its own deadline. If the first gave up (its deadline, an interrupt), that is no answer for
/// the others: one of them does the work anew.
///
/// Thread: safe from any.
public final class SingleFlight<K, V> {
    private final ConcurrentHashMap<K, Flight<V>> flights = new ConcurrentHashMap<>();
    private final String what;

    /// @param what is waited for, named in errors
    public SingleFlight(String what) {
        this.what = what;
    }

    private record Flight<V>(CompletableFuture<V> result, Thread leader) {}

    /// A result, and whether somebody else got it.
    public record Landing<V>(V value, boolean isShared) {}

    /// What `work` gives, or what the same work for `key` gives that is under way.
    public Landing<V> run(K key, Callable<V> work) throws Exception {
        while (true) {
            Flight<V> mine = new Flight<>(new CompletableFuture<>(), Thread.currentThread());
            Flight<V> running = flights.putIfAbsent(key, mine);
            if (running == null) return new Landing<>(lead(key, mine, work), false);
            // Work that asks for itself would wait for itself.
            if (running.leader().equals(mine.leader())) return new Landing<>(work.call(), false);
            V value = follow(running.result());
            if (value != null) return new Landing<>(value, true);
        }
    }

    private V lead(K key, Flight<V> mine, Callable<V> work) throws Exception {
        try {
            V value = work.call();
            // Gone before it is told, so that nobody joins a flight that has landed.
            flights.remove(key, mine);
            mine.result().complete(value);
            return value;
        } catch (Exception | Error failure) {
            flights.remove(key, mine);
            mine.result().completeExceptionally(failure);
            throw failure;
        }
    }

    /// Null if the leader gave up.
    private @Nullable V follow(CompletableFuture<V> running) throws Exception {
        try {
            Deadline deadline = Deadline.current();
            return running.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new DeadlineExceeded(what, Processed.NO);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for " + what, Processed.NO, interrupted);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof Cancelled || cause instanceof DeadlineExceeded) return null;
            if (cause instanceof Exception exception) throw exception;
            throw failed;
        }
    }
}
