package io.hawser.http;

import io.hawser.TimeSource;
import io.hawser.internal.http.cache.CacheCore;
import io.hawser.internal.http.cache.CacheKeys;
import io.hawser.internal.http.cache.CachedExchange;

/// Answers requests from what was answered before, as HTTP allows it: for one client, or shared before an
/// origin.
///
/// GET is stored, and answers GET and HEAD. Requests for ranges, those with a body, and those with `If-Match`
/// or `If-Unmodified-Since`, are passed on as they are. An answer is stored once it was read to its end; up to
/// 1 MiB of one that will be is read before it is passed on. What it did with a request is in the answer's
/// `Cache-Status`.
///
/// Of several GETs for one URL at a time one is sent, save those with a condition of their own: the others wait
/// for its answer, and ask by themselves if they cannot have it from the store. For a minute after an answer
/// that could not be stored nobody waits.
///
/// A cache of one client keeps answers to different `Authorization` apart, so that users who share the
/// client do not share answers. A shared one finds answers again by `Surrogate-Key` and `Cache-Tag`, which
/// it does not pass on.
///
/// Stale answers serve while they are validated in the background (`stale-while-revalidate`: 64 at a time, 30 s
/// each) or where the origin fails (`stale-if-error`), never against `must-revalidate`, `no-cache` or, in a
/// shared cache, `proxy-revalidate` and `s-maxage`.
///
/// Thread: safe from any. Source: RFC 9111, RFC 5861, RFC 9211
public final class HttpCache implements Filter, AutoCloseable {
    private final CacheCore core;

    private HttpCache(CacheCore core) {
        this.core = core;
    }

    /// One in memory.
    public static HttpCache of(HttpCacheConfig config) {
        return of(config, CacheStore.inMemory());
    }

    /// Owner: closes `store`.
    public static HttpCache of(HttpCacheConfig config, CacheStore store) {
        return of(config, store, TimeSource.system());
    }

    static HttpCache of(HttpCacheConfig config, CacheStore store, TimeSource time) {
        return new HttpCache(new CacheCore(config, store, time));
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        return CachedExchange.run(core, request, next);
    }

    /// Forgets what is stored for `url`, an absolute one.
    ///
    /// @return whether there was something
    public boolean purge(String url) {
        String wanted = CacheKeys.of(url);
        return core.purge((key, tags) -> key.equals(wanted)) > 0;
    }

    /// Forgets what is stored for that path, on any host and with any query.
    ///
    /// @return for how many URLs
    public int purgePath(String path) {
        return core.purge((key, tags) -> CacheKeys.pathOf(key).equals(path));
    }

    /// Forgets what is stored for URLs that begin so, e.g. `https://example.com/img/`. Scheme and host count
    /// without case; where a path follows, the port of the scheme may be there or not.
    ///
    /// @return for how many URLs
    public int purgePrefix(String prefix) {
        String wanted = CacheKeys.ofPrefix(prefix);
        return core.purge((key, tags) -> key.startsWith(wanted));
    }

    /// Forgets what was answered with that surrogate key. Of one answer the first 64 keys of at most 256
    /// characters are known.
    ///
    /// @return for how many URLs
    public int purgeTag(String surrogateKey) {
        return core.purge((key, tags) -> tags.contains(surrogateKey));
    }

    /// What it did so far.
    public CacheStats stats() {
        return core.stats();
    }

    /// Ends what runs in the background, and closes the store.
    @Override
    public void close() {
        core.close();
    }
}
