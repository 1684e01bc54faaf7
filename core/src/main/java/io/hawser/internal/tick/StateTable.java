package io.hawser.internal.tick;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.internal.item.Utf8;
import io.hawser.internal.tick.StateStore.Expected;
import io.hawser.internal.tick.StateStore.Fence;
import io.hawser.internal.tick.StateStore.Swapped;
import io.hawser.tick.StateLimits;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The values themselves, in the process that owns them.
///
/// Lock: this monitor guards all fields, the locks' table included, so that a fence is checked in one step
/// with the write behind it. Grants of locks are given outside.
public final class StateTable {
    private final StateLimits limits;
    private final Map<String, NavigableMap<String, Bytes>> maps = new HashMap<>();
    private final Map<String, Long> counters = new HashMap<>();
    private final LockTable locks;
    private long totalBytes;

    public StateTable(StateLimits limits) {
        this.limits = limits;
        this.locks = new LockTable(limits);
    }

    synchronized Optional<Bytes> find(String map, String key) {
        NavigableMap<String, Bytes> entries = maps.get(map);
        return entries == null ? Optional.empty() : Optional.ofNullable(entries.get(key));
    }

    synchronized Swapped swap(String map, String key, Expected expected, Optional<Bytes> value, Optional<Fence> fence) {
        checkFence(fence);
        Optional<Bytes> before = find(map, key);
        if (!expected.admits(before)) return new Swapped(false, before);
        if (value.isPresent()) put(map, key, value.get(), before);
        else if (before.isPresent()) remove(map, key, before.get());
        return new Swapped(true, before);
    }

    private void put(String map, String key, Bytes value, Optional<Bytes> before) {
        int keyBytes = name(key);
        within("maxValueBytes", limits.maxValueBytes(), value.size());
        long total =
                totalBytes + value.size() + (before.isPresent() ? -before.get().size() : keyBytes);
        within("maxTotalBytes", limits.maxTotalBytes(), total);
        NavigableMap<String, Bytes> entries = maps.get(map);
        if (entries == null) {
            name(map);
            within("maxMaps", limits.maxMaps(), maps.size() + 1L);
            entries = new TreeMap<>();
            maps.put(map, entries);
        } else if (before.isEmpty()) {
            within("maxEntries", limits.maxEntries(), entries.size() + 1L);
        }
        entries.put(key, value.compact());
        totalBytes = total;
    }

    private void remove(String map, String key, Bytes value) {
        NavigableMap<String, Bytes> entries = maps.get(map);
        if (entries == null || entries.remove(key) == null) return;
        totalBytes -= utf8Bytes(key) + value.size();
        if (entries.isEmpty()) maps.remove(map);
    }

    synchronized List<String> keys(String map, String after, int max) {
        NavigableMap<String, Bytes> entries = maps.get(map);
        if (entries == null) return List.of();
        return entries.tailMap(after, false).keySet().stream().limit(max).toList();
    }

    synchronized int size(String map) {
        NavigableMap<String, Bytes> entries = maps.get(map);
        return entries == null ? 0 : entries.size();
    }

    synchronized void clear(String map, Optional<Fence> fence) {
        checkFence(fence);
        NavigableMap<String, Bytes> entries = maps.remove(map);
        if (entries == null) return;
        entries.forEach((key, value) -> totalBytes -= utf8Bytes(key) + value.size());
    }

    synchronized long add(String counter, long delta) {
        long value = counters.getOrDefault(counter, 0L) + delta;
        set(counter, value);
        return value;
    }

    synchronized long exchange(String counter, OptionalLong expected, long value) {
        long before = counters.getOrDefault(counter, 0L);
        if (expected.isEmpty() || expected.getAsLong() == before) set(counter, value);
        return before;
    }

    private void set(String counter, long value) {
        if (value == 0) {
            counters.remove(counter);
            return;
        }
        if (!counters.containsKey(counter)) {
            name(counter);
            within("maxCounters", limits.maxCounters(), counters.size() + 1L);
        }
        counters.put(counter, value);
    }

    synchronized OptionalLong tryAcquire(String lock, Object holder) {
        name(lock);
        return locks.tryAcquire(lock, holder);
    }

    synchronized CompletableFuture<Long> acquire(String lock, Object holder) {
        name(lock);
        return locks.acquire(lock, holder);
    }

    /// Stops waiting for a lock, and gives back one that has come meanwhile.
    void withdraw(String lock, CompletableFuture<Long> grant) {
        synchronized (this) {
            if (locks.withdraw(lock, grant)) return;
        }
        var _ = grant.thenAccept(token -> release(lock, token));
    }

    /// How many wait for a lock.
    public synchronized int waiters(String lock) {
        return locks.waiters(lock);
    }

    void release(String lock, long token) {
        LockTable.@Nullable Grant grant =
                locked(() -> Optional.ofNullable(locks.release(lock, token))).orElse(null);
        if (grant != null) grant.give();
    }

    /// Gives back all locks of `holder`, which is gone.
    void releaseAll(Object holder) {
        locked(() -> locks.releaseAll(holder)).forEach(LockTable.Grant::give);
    }

    private synchronized <T> T locked(Supplier<T> work) {
        return work.get();
    }

    private void checkFence(Optional<Fence> fence) {
        if (fence.isEmpty()) return;
        Fence asked = fence.get();
        if (locks.isHeld(asked.lock(), asked.token())) return;
        throw new Rejected("lock " + asked.lock() + " is no longer held with token " + asked.token(), null);
    }

    private int name(String text) {
        if (text.isEmpty()) throw new IllegalArgumentException("an empty name or key");
        if (!Utf8.hasForm(text)) throw new IllegalArgumentException("a name or key with an unpaired surrogate");
        int bytes = utf8Bytes(text);
        within("maxKeyBytes", limits.maxKeyBytes(), bytes);
        return bytes;
    }

    private static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void within(String limit, long allowed, long seen) {
        if (seen > allowed) throw new LimitExceeded(limit, allowed, seen, Processed.NO);
    }
}
