package io.hawser.internal.http.cache;

import io.hawser.http.CacheStats;
import io.hawser.http.CacheStore;
import java.util.concurrent.atomic.LongAdder;

/// The figures of a cache.
final class Tally {
    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder validated = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder collapsed = new LongAdder();
    final LongAdder stored = new LongAdder();

    CacheStats stats(CacheStore store) {
        return new CacheStats(
                hits.sum(),
                misses.sum(),
                validated.sum(),
                stale.sum(),
                collapsed.sum(),
                stored.sum(),
                store.sizeBytes(),
                store.failures());
    }
}
