package io.hawser.internal.http.cache;

import io.hawser.http.Response;

/// What a cache says of how it dealt with a request. Source: RFC 9211
final class CacheStatus {
    private final StringBuilder text;

    private CacheStatus(String cache) {
        this.text = new StringBuilder(cache);
    }

    static CacheStatus hit(String cache, long timeToLive) {
        return new CacheStatus(cache).adding("hit").adding("ttl=" + timeToLive);
    }

    /// @param why `uri-miss`, `vary-miss`, `stale`, `request`, `method` or `bypass`
    static CacheStatus forwarded(String cache, String why) {
        return new CacheStatus(cache).adding("fwd=" + why);
    }

    CacheStatus adding(String parameter) {
        text.append("; ").append(parameter);
        return this;
    }

    CacheStatus answered(int status) {
        return adding("fwd-status=" + status);
    }

    /// `response`, on which this cache is the last that speaks.
    Response on(Response response) {
        return response.addingHeader("Cache-Status", text.toString());
    }
}
