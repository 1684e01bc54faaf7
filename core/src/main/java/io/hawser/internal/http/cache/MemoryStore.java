package io.hawser.internal.http.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hawser.http.CacheEntry;
import io.hawser.http.CacheStore;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/// Answers in memory, bounded by their weight.
public final class MemoryStore implements CacheStore {
    private final Cache<String, List<CacheEntry>> entries;

    public MemoryStore(long maxBytes) {
        if (maxBytes < 0) throw new IllegalArgumentException("maxBytes " + maxBytes + ": at least 0");
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String key, List<CacheEntry> variants) -> weight(key, variants))
                .executor(Runnable::run)
                .build();
    }

    private static int weight(String key, List<CacheEntry> variants) {
        long weight = 2L * key.length();
        for (CacheEntry entry : variants) weight += entry.sizeBytes();
        return (int) Math.min(Integer.MAX_VALUE, weight);
    }

    @Override
    public List<CacheEntry> load(String key) {
        List<CacheEntry> variants = entries.getIfPresent(key);
        return variants == null ? List.of() : variants;
    }

    @Override
    public void update(String key, UnaryOperator<List<CacheEntry>> change) {
        entries.asMap().compute(key, (same, known) -> {
            List<CacheEntry> changed = change.apply(known == null ? List.of() : known);
            return changed.isEmpty() ? null : List.copyOf(changed);
        });
    }

    @Override
    public int removeIf(BiPredicate<String, List<String>> condition) {
        int[] removed = {0};
        entries.asMap().entrySet().removeIf(entry -> {
            boolean goes = condition.test(entry.getKey(), Variants.tags(entry.getValue()));
            if (goes) removed[0]++;
            return goes;
        });
        return removed[0];
    }

    @Override
    public long sizeBytes() {
        entries.cleanUp();
        return entries.policy()
                .eviction()
                .flatMap(eviction -> eviction.weightedSize().stream().boxed().findFirst())
                .orElse(0L);
    }
}
