package io.hawser.internal.http1;

import io.hawser.http.HttpConfig;
import io.hawser.internal.http.HttpEngine;
import io.hawser.internal.tcp.Door;

/// What all connections of one server share.
///
/// @param door to be told when the first head is there
/// @param headTimeoutNanos in which a head must be complete
/// @param minBodyBytesPerSecond of a request's body, from its sixth second on
record Http1Settings(
        HttpEngine engine,
        Door door,
        HeadLimits limits,
        long maxBodyBytes,
        long headTimeoutNanos,
        int minBodyBytesPerSecond) {
    static Http1Settings of(HttpConfig config, HttpEngine engine, Door door) {
        return new Http1Settings(
                engine,
                door,
                HeadLimits.DEFAULTS,
                config.maxBodyBytes(),
                config.headTimeout().toNanos(),
                config.minBodyBytesPerSecond());
    }
}
