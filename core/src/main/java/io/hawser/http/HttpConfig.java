package io.hawser.http;

import java.time.Duration;
import java.util.List;

/// The bounds of a server's HTTP connections and requests.
///
/// What cannot be set: a request line has at most 8 KiB (else 414), a head 16 KiB and 100 fields (else
/// 431). A connection of HTTP/2 has at most 128 streams at once (more are refused with REFUSED_STREAM), 256
/// KiB unread on one stream and 1 MiB on all; it ends with ENHANCE_YOUR_CALM after 32 CONTINUATION frames
/// or 64 KiB of one header block, and when streams are reset more often than 33 times a second after the
/// first 1,000, or pings, settings, empty and unknown frames come more often than 100 times a second after
/// the first 1,000.
///
/// @param maxBodyBytes of a request's body, unless a [BodyLimit] says otherwise for its route; more is
///     answered 413; default 10 MiB
/// @param minBodyBytesPerSecond at which a body must arrive from its sixth second on; else 408; default 240
/// @param maxHandlers handlers on threads at once; more requests are answered 503 with `Retry-After`; one
///     that answers with a stream of events counts until that begins; default 4,096
/// @param headTimeout in which a head must be complete; else 408. A connection that has not begun its first
///     request by then is closed without an answer; one of HTTP/2 with an unfinished frame or header block ends
///     with ENHANCE_YOUR_CALM; default 10 s
/// @param idleTimeout after which a connection is closed that has no request and on which nothing comes;
///     default 60 s
/// @param stallTimeout after which a peer that takes nothing of its answer gets a reset; default 30 s
/// @param keptPaths how paths begin that are answered on the connections that are kept for them when all
///     others are taken; anything else is answered 503 there; default `/health/`
public record HttpConfig(
        long maxBodyBytes,
        int minBodyBytesPerSecond,
        int maxHandlers,
        Duration headTimeout,
        Duration idleTimeout,
        Duration stallTimeout,
        List<String> keptPaths) {
    private static final HttpConfig DEFAULTS = new HttpConfig(
            10L << 20,
            240,
            4096,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            List.of("/health/"));

    public HttpConfig {
        keptPaths = List.copyOf(keptPaths);
        if (maxBodyBytes < 0) throw new IllegalArgumentException("maxBodyBytes " + maxBodyBytes + ": 0 or more");
        if (minBodyBytesPerSecond < 0) {
            throw new IllegalArgumentException("minBodyBytesPerSecond " + minBodyBytesPerSecond + ": 0 or more");
        }
        if (maxHandlers < 1) throw new IllegalArgumentException("maxHandlers " + maxHandlers + ": at least 1");
        positive("headTimeout", headTimeout);
        positive("idleTimeout", idleTimeout);
        positive("stallTimeout", stallTimeout);
    }

    public static HttpConfig defaults() {
        return DEFAULTS;
    }

    public HttpConfig withMaxBodyBytes(long changed) {
        return new HttpConfig(
                changed, minBodyBytesPerSecond, maxHandlers, headTimeout, idleTimeout, stallTimeout, keptPaths);
    }

    /// 0 lets a body come as slowly as it likes.
    public HttpConfig withMinBodyBytesPerSecond(int changed) {
        return new HttpConfig(maxBodyBytes, changed, maxHandlers, headTimeout, idleTimeout, stallTimeout, keptPaths);
    }

    public HttpConfig withMaxHandlers(int changed) {
        return new HttpConfig(
                maxBodyBytes, minBodyBytesPerSecond, changed, headTimeout, idleTimeout, stallTimeout, keptPaths);
    }

    public HttpConfig withHeadTimeout(Duration changed) {
        return new HttpConfig(
                maxBodyBytes, minBodyBytesPerSecond, maxHandlers, changed, idleTimeout, stallTimeout, keptPaths);
    }

    public HttpConfig withIdleTimeout(Duration changed) {
        return new HttpConfig(
                maxBodyBytes, minBodyBytesPerSecond, maxHandlers, headTimeout, changed, stallTimeout, keptPaths);
    }

    public HttpConfig withStallTimeout(Duration changed) {
        return new HttpConfig(
                maxBodyBytes, minBodyBytesPerSecond, maxHandlers, headTimeout, idleTimeout, changed, keptPaths);
    }

    public HttpConfig withKeptPaths(List<String> changed) {
        return new HttpConfig(
                maxBodyBytes, minBodyBytesPerSecond, maxHandlers, headTimeout, idleTimeout, stallTimeout, changed);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) throw new IllegalArgumentException(name + " " + value + ": above zero");
    }
}
