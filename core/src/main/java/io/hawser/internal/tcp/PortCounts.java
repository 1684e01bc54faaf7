package io.hawser.internal.tcp;

import io.hawser.tcp.ServerStats;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// What a port counts besides what its links do.
///
/// Thread: safe from any.
final class PortCounts {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder handshakes = new LongAdder();
    private final LongAdder failedHandshakes = new LongAdder();
    private final LongAdder handshakeNanos = new LongAdder();

    void accepted(boolean hasPlace) {
        accepted.increment();
        if (!hasPlace) refused.increment();
    }

    void refused() {
        refused.increment();
    }

    /// A handshake of TLS is over.
    void handshake(boolean isSuccess, long nanos) {
        if (!isSuccess) {
            failedHandshakes.increment();
            return;
        }
        handshakes.increment();
        handshakeNanos.add(nanos);
    }

    long acceptedSum() {
        return accepted.sum();
    }

    long refusedSum() {
        return refused.sum();
    }

    ServerStats.Handshakes handshakes() {
        return new ServerStats.Handshakes(
                handshakes.sum(), failedHandshakes.sum(), Duration.ofNanos(handshakeNanos.sum()));
    }
}
