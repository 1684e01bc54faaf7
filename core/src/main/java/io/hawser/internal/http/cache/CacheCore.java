package io.hawser.internal.http.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.http.CacheEntry;
import io.hawser.http.CacheStats;
import io.hawser.http.CacheStore;
import io.hawser.http.Headers;
import io.hawser.http.HttpCacheConfig;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.HttpDates;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Origin;
import io.hawser.internal.http.References;
import io.hawser.internal.http.SingleFlight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// What the requests of one cache share: its rules, its store, what is under way, and what it counts.
///
/// Thread: safe from any.
public final class CacheCore {
    private static final int MAX_UNCACHEABLE = 10_000;
    private static final Duration UNCACHEABLE_FOR = Duration.ofMinutes(1);

    final HttpCacheConfig config;
    final TimeSource time;
    final Freshness freshness;
    final Storing storing;
    final CacheStore store;
    final Tally tally = new Tally();
    final Background background;

    /// Requests for one URL that are under way; the result says whether an answer was stored.
    final SingleFlight<String, Response> flights = new SingleFlight<>("the same request of another caller");

    /// Keys whose last answer could not be stored: nobody waits for the next one.
    private final Cache<String, Boolean> uncacheable;

    public CacheCore(HttpCacheConfig config, CacheStore store, TimeSource time) {
        this.config = config;
        this.time = time;
        this.freshness = new Freshness(config.shared(), config.heuristicPercent(), config.maxHeuristic());
        this.storing = new Storing(freshness);
        this.store = store;
        this.background = new Background(time);
        this.uncacheable = Caffeine.newBuilder()
                .maximumSize(MAX_UNCACHEABLE)
                .expireAfterWrite(UNCACHEABLE_FOR)
                .ticker(time::nanoTime)
                .executor(Runnable::run)
                .build();
    }

    boolean isUncacheable(String key) {
        return uncacheable.getIfPresent(key) != null;
    }

    void markUncacheable(String key) {
        uncacheable.put(key, true);
    }

    /// Keeps an answer that was read to its end.
    ///
    /// @return whether it is complete, and so kept
    boolean keep(String key, Request request, Response response, Bytes content, Instant requested, Instant received) {
        Optional<String> length = response.header(Names.CONTENT_LENGTH);
        if (length.isPresent() && !length.get().equals(Integer.toString(content.size()))) return false;
        if (content.size() > config.maxEntryBytes()) return false;
        Headers kept = Storing.kept(response.headers());
        CacheEntry entry = new CacheEntry(
                response.status(),
                kept.has(Names.DATE) ? kept : kept.with(Names.DATE, HttpDates.format(received)),
                content,
                requested,
                received,
                Variants.variant(request.headers(), kept, !config.shared()),
                CacheKeys.tags(response.headers()));
        store.update(key, variants -> Variants.with(variants, entry, request.headers()));
        uncacheable.invalidate(key);
        tally.stored.increment();
        return true;
    }

    void replace(String key, CacheEntry old, CacheEntry fresh) {
        store.update(
                key,
                variants -> variants.stream()
                        .map(entry -> entry.equals(old) ? fresh : entry)
                        .toList());
    }

    void drop(String key, CacheEntry old) {
        store.update(
                key,
                variants ->
                        variants.stream().filter(entry -> !entry.equals(old)).toList());
    }

    /// What a request changed is no longer what is stored. Source: RFC 9111 section 4.4
    void invalidate(Request request, Response response) {
        if (response.status() < 200 || response.status() >= Status.BAD_REQUEST) return;
        store.update(CacheKeys.of(request), variants -> List.of());
        for (String field : List.of(Names.LOCATION, "Content-Location")) {
            Optional<String> location = response.header(field);
            if (location.isEmpty()) continue;
            try {
                String url = References.resolve(request, location.get());
                if (Origin.of(url).equals(Origin.of(request))) store.update(CacheKeys.of(url), variants -> List.of());
            } catch (RuntimeException notAUrl) {
                // It names nothing that could be stored.
            }
        }
    }

    public int purge(BiPredicate<String, List<String>> condition) {
        return store.removeIf(condition);
    }

    public CacheStats stats() {
        return tally.stats(store);
    }

    public void close() {
        background.close();
        store.close();
    }
}
