package io.hawser.http;

import io.hawser.session.Key;
import java.time.Duration;

/// How long each phase of a call took: given to it as an attribute, and filled in by the client.
///
/// ```java
/// CallTimings timings = new CallTimings();
/// Response response = client.get("/").attribute(CallTimings.KEY, timings).send();
/// ```
///
/// Where a filter makes several calls of one, as a redirect does, it is those of the last. Where the client
/// itself sends a request again, [#firstByte()] is of the last attempt, and [#pool()] has what came before it.
///
/// Thread: safe from any.
public final class CallTimings {
    public static final Key<CallTimings> KEY = Key.of("timings");

    private volatile Phases phases = new Phases(
            HttpVersion.HTTP_1_1, false, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /// Timings that are zero until a call has been made with them.
    public CallTimings() {}

    private record Phases(
            HttpVersion version,
            boolean isReused,
            Duration dns,
            Duration connect,
            Duration tls,
            Duration pool,
            Duration firstByte) {}

    /// For the client: the call went over a connection that was not opened for it.
    public void reused(HttpVersion version, Duration pool, Duration firstByte) {
        phases = new Phases(version, true, Duration.ZERO, Duration.ZERO, Duration.ZERO, pool, firstByte);
    }

    /// For the client: the call went over a connection that was opened for it.
    public void opened(
            HttpVersion version, Duration dns, Duration connect, Duration tls, Duration pool, Duration firstByte) {
        phases = new Phases(version, false, dns, connect, tls, pool, firstByte);
    }

    /// The version of HTTP that the call was made in.
    public HttpVersion version() {
        return phases.version;
    }

    /// Whether the connection was there before the call, or was being opened for another by then.
    public boolean isReused() {
        return phases.isReused;
    }

    /// Looking the name up.
    public Duration dns() {
        return phases.dns;
    }

    public Duration connect() {
        return phases.connect;
    }

    /// The TLS handshake, and a proxy's tunnel before it.
    public Duration tls() {
        return phases.tls;
    }

    /// Waiting for a connection, without what opening one for this call took.
    public Duration pool() {
        return phases.pool;
    }

    /// From the beginning of the request to the head of the answer.
    public Duration firstByte() {
        return phases.firstByte;
    }
}
