package io.hawser.internal.http1;

import io.hawser.http.HttpConfig;
import io.hawser.internal.http.HttpEngine;
import io.hawser.internal.tcp.Door;

/// What all HTTP connections of one server share, whatever their version.
///
/// @param door to be told when the first head is there
/// @param headTimeoutNanos in which a head must be complete
/// @param minBodyBytesPerSecond of a request's body, from its sixth second on
public record HttpSettings(
        HttpEngine engine,
        Door door,
        HeadLimits limits,
        long maxBodyBytes,
        long headTimeoutNanos,
        int minBodyBytesPerSecond) {
    public static HttpSettings of(HttpConfig config, HttpEngine engine, Door door) {
        return new HttpSettings(
                engine,
                door,
                HeadLimits.DEFAULTS,
                config.maxBodyBytes(),
                config.headTimeout().toNanos(),
                config.minBodyBytesPerSecond());
    }
}
