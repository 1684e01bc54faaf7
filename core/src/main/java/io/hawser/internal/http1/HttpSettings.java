package io.hawser.internal.http1;

import io.hawser.http.HttpConfig;
import io.hawser.internal.http.HttpEngine;
import io.hawser.internal.tcp.Newcomers;

/// What all HTTP connections of one server share, whatever their version.
///
/// @param newcomers to be told when the first head is there
/// @param headTimeoutNanos in which a head must be complete
/// @param minBodyBytesPerSecond of a request's body, from its sixth second on
public record HttpSettings(
        HttpEngine engine,
        Newcomers newcomers,
        HeadLimits limits,
        long maxBodyBytes,
        long headTimeoutNanos,
        int minBodyBytesPerSecond) {
    public static HttpSettings of(HttpConfig config, HttpEngine engine, Newcomers newcomers) {
        return new HttpSettings(
                engine,
                newcomers,
                HeadLimits.DEFAULTS,
                config.maxBodyBytes(),
                config.headTimeout().toNanos(),
                config.minBodyBytesPerSecond());
    }
}
