package io.hawser.http;

import io.hawser.internal.http.cache.DiskStore;
import io.hawser.internal.http.cache.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/// Where an [HttpCache] keeps its answers: for each URL the variants of it, the newest first.
///
/// A store is bounded, and drops what was used longest ago. It fails silently, as a miss, and counts that: a cache
/// that is broken must not break its calls.
///
/// Thread: safe from any. Updates of one key happen one after another; loads may run beside them.
public interface CacheStore extends AutoCloseable {
    /// The variants of `key`; none if there are none.
    List<CacheEntry> load(String key);

    /// Replaces the variants of `key` by what `change` makes of them; none removes the key.
    void update(String key, UnaryOperator<List<CacheEntry>> change);

    /// Removes the keys that `condition` holds for, which gets the key and the surrogate keys of its variants.
    ///
    /// @return how many were removed
    int removeIf(BiPredicate<String, List<String>> condition);

    /// How many bytes it holds.
    long sizeBytes();

    /// How many reads, writes and removals failed.
    default long failures() {
        return 0;
    }

    @Override
    default void close() {}

    /// One in memory, bounded by the size of what it holds: 64 MiB.
    static CacheStore inMemory() {
        return inMemory(64L << 20);
    }

    static CacheStore inMemory(long maxBytes) {
        return new MemoryStore(maxBytes);
    }

    /// One in the folder `folder`, which it makes and keeps for itself; what is in it survives a restart.
    ///
    /// @throws IOException if the folder cannot be used, or another store uses it
    static CacheStore onDisk(Path folder, long maxBytes) throws IOException {
        return DiskStore.open(folder, maxBytes);
    }
}
