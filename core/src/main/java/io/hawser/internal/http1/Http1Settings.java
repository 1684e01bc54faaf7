package io.hawser.internal.http1;

import io.hawser.http.HttpConfig;
import io.hawser.internal.http.HttpEngine;
import io.hawser.internal.tcp.Newcomers;

/// What all connections of one server share.
///
/// @param newcomers to be told when the first head is there
/// @param headTimeoutNanos in which a head must be complete
/// @param minBodyBytesPerSecond of a request's body, from its sixth second on
record Http1Settings(
        HttpEngine engine,
        Newcomers newcomers,
        HeadLimits limits,
        long maxBodyBytes,
        long headTimeoutNanos,
        int minBodyBytesPerSecond) {
    static Http1Settings of(HttpConfig config, HttpEngine engine, Newcomers newcomers) {
        return new Http1Settings(
                engine,
                newcomers,
                HeadLimits.DEFAULTS,
                config.maxBodyBytes(),
                config.headTimeout().toNanos(),
                config.minBodyBytesPerSecond());
    }
}
