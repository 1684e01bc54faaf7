package io.hawser.internal.tick;

import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.tick.StateLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Who holds which lock, and who waits for it, in order.
///
/// A holder is any object that stands for a process: all that it has goes when it does. Grants are futures;
/// the caller completes them, by [Grant#give()], once it has left its monitor.
///
/// Thread: guarded by the monitor of its [StateTable].
final class LockTable {
    /// A lock that has come to one who waited for it.
    record Grant(CompletableFuture<Long> to, long token) {
        void give() {
            to.complete(token);
        }
    }

    private record Waiter(Object holder, CompletableFuture<Long> grant) {}

    private static final class Lock {
        private final Deque<Waiter> waiters = new ArrayDeque<>();
        private Object holder;
        private long token;

        Lock(Object holder, long token) {
            this.holder = holder;
            this.token = token;
        }
    }

    private final StateLimits limits;
    private final Map<String, Lock> held = new HashMap<>();
    private long lastToken;

    LockTable(StateLimits limits) {
        this.limits = limits;
    }

    OptionalLong tryAcquire(String name, Object holder) {
        if (held.containsKey(name)) return OptionalLong.empty();
        if (held.size() >= limits.maxLocks()) {
            throw new LimitExceeded("maxLocks", limits.maxLocks(), held.size() + 1L, Processed.NO);
        }
        held.put(name, new Lock(holder, ++lastToken));
        return OptionalLong.of(lastToken);
    }

    /// Waits in line.
    ///
    /// @return completed with the token when the lock is `holder`'s, which may be now
    CompletableFuture<Long> acquire(String name, Object holder) {
        OptionalLong token = tryAcquire(name, holder);
        if (token.isPresent()) return CompletableFuture.completedFuture(token.getAsLong());
        Deque<Waiter> waiters = lock(name).waiters;
        if (waiters.size() >= limits.maxWaiters()) {
            throw new LimitExceeded("maxWaiters", limits.maxWaiters(), waiters.size() + 1L, Processed.NO);
        }
        Waiter waiter = new Waiter(holder, new CompletableFuture<>());
        waiters.add(waiter);
        return waiter.grant;
    }

    private Lock lock(String name) {
        Lock lock = held.get(name);
        if (lock == null) throw new IllegalStateException("lock " + name + " is not held");
        return lock;
    }

    /// Stops waiting.
    ///
    /// @return false if `grant` has been given, or is about to be
    @SuppressWarnings("ReferenceEquality") // a grant is an identity
    boolean withdraw(String name, CompletableFuture<Long> grant) {
        Lock lock = held.get(name);
        return lock != null && lock.waiters.removeIf(waiter -> waiter.grant == grant);
    }

    int waiters(String name) {
        Lock lock = held.get(name);
        return lock == null ? 0 : lock.waiters.size();
    }

    boolean isHeld(String name, long token) {
        Lock lock = held.get(name);
        return lock != null && lock.token == token;
    }

    /// Passes the lock on, if it is still held with `token`.
    @Nullable
    Grant release(String name, long token) {
        return isHeld(name, token) ? next(name) : null;
    }

    private @Nullable Grant next(String name) {
        Lock lock = lock(name);
        Waiter waiter = lock.waiters.poll();
        if (waiter == null) {
            held.remove(name);
            return null;
        }
        lock.holder = waiter.holder;
        lock.token = ++lastToken;
        return new Grant(waiter.grant, lock.token);
    }

    /// Passes on all that `holder` has, and forgets what it waits for.
    List<Grant> releaseAll(Object holder) {
        List<Grant> grants = new ArrayList<>();
        for (String name : List.copyOf(held.keySet())) {
            Lock lock = lock(name);
            lock.waiters.removeIf(waiter -> waiter.holder.equals(holder));
            if (!lock.holder.equals(holder)) continue;
            Grant grant = next(name);
            if (grant != null) grants.add(grant);
        }
        return grants;
    }
}
