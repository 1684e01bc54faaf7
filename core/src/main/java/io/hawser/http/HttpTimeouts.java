package io.hawser.http;

import java.time.Duration;

/// How long each phase of a call may take. All of a call together is bounded by its [io.hawser.Deadline].
///
/// What runs out is an [io.hawser.DeadlineExceeded] that names the phase. The phase between `dns` and `tls`,
/// the connect itself, is bounded by [io.hawser.tcp.ConnectConfig#timeout()].
///
/// @param dns until the host's addresses are known; default 5 s
/// @param tls until the TLS handshake is done; default 5 s
/// @param pool until one of the connections that there may be is free; default 5 s
/// @param writeStall while the server takes nothing of a request; default 10 s
/// @param firstByte from the end of the request to the head of its answer; default 30 s
/// @param idle while nothing more of an answer comes; default 30 s
public record HttpTimeouts(
        Duration dns, Duration tls, Duration pool, Duration writeStall, Duration firstByte, Duration idle) {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final HttpTimeouts DEFAULTS = new HttpTimeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    public HttpTimeouts {
        check("dns", dns);
        check("tls", tls);
        check("pool", pool);
        check("writeStall", writeStall);
        check("firstByte", firstByte);
        check("idle", idle);
    }

    private static void check(String name, Duration value) {
        if (!value.isPositive()) throw new IllegalArgumentException(name + " " + value + ": above zero");
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " " + value + ": at most 365 days");
        }
    }

    public static HttpTimeouts defaults() {
        return DEFAULTS;
    }

    public HttpTimeouts withDns(Duration changed) {
        return new HttpTimeouts(changed, tls, pool, writeStall, firstByte, idle);
    }

    public HttpTimeouts withTls(Duration changed) {
        return new HttpTimeouts(dns, changed, pool, writeStall, firstByte, idle);
    }

    public HttpTimeouts withPool(Duration changed) {
        return new HttpTimeouts(dns, tls, changed, writeStall, firstByte, idle);
    }

    public HttpTimeouts withWriteStall(Duration changed) {
        return new HttpTimeouts(dns, tls, pool, changed, firstByte, idle);
    }

    public HttpTimeouts withFirstByte(Duration changed) {
        return new HttpTimeouts(dns, tls, pool, writeStall, changed, idle);
    }

    public HttpTimeouts withIdle(Duration changed) {
        return new HttpTimeouts(dns, tls, pool, writeStall, firstByte, changed);
    }
}
