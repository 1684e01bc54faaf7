package io.hawser.policy;

import io.hawser.Endpoint;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// One endpoint in a [LoadBalancer], and what is known of it.
///
/// Lock: health and ejection are written under the monitor of the [Roster]; the credit belongs to
/// [SmoothWeighted].
final class Node {
    private final Endpoint endpoint;
    private final long hash;
    private final PeakLatency latency;
    private final AtomicInteger concurrent = new AtomicInteger();
    private final AtomicInteger failuresInRow = new AtomicInteger();
    private volatile int weight;

    volatile boolean healthy = true;
    volatile boolean ejected;
    volatile long ejectedUntil;
    int ejections;
    /// When it came (back), if that is later than the beginning.
    private volatile long warmSince;
    private volatile boolean warming;
    long credit;

    Node(WeightedEndpoint weighted, long now) {
        this.endpoint = weighted.endpoint();
        this.weight = weighted.weight();
        this.hash = Hashes.of(endpoint.toString());
        this.latency = new PeakLatency(now);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    long hash() {
        return hash;
    }

    PeakLatency latency() {
        return latency;
    }

    int weight() {
        return weight;
    }

    void weigh(int newWeight) {
        weight = newWeight;
    }

    int concurrent() {
        return concurrent.get();
    }

    double loadWithOneMore() {
        return (concurrent.get() + 1.0) / weight;
    }

    void begin() {
        concurrent.incrementAndGet();
    }

    /// A call that [#begin()] counted has ended.
    ///
    /// @return how many failed in a row, this one included; 0 if it did not
    int end(Verdict verdict, double elapsed, long now) {
        concurrent.decrementAndGet();
        switch (verdict.kind()) {
            case SUCCESS, CLIENT_ERROR -> latency.observe(elapsed, now);
            case TRANSIENT, FATAL, THROTTLED -> latency.failed(elapsed, now);
            case CANCELLED -> latency.observeAtLeast(elapsed, now);
        }
        if (verdict.isFailure()) return failuresInRow.incrementAndGet();
        // Read first: it is 0 nearly always, and many threads share it.
        if (verdict.kind() != Verdict.Kind.CANCELLED && failuresInRow.get() != 0) failuresInRow.set(0);
        return 0;
    }

    void forgiveFailures() {
        failuresInRow.set(0);
    }

    /// It is new, or well again: gets less than its share at first.
    void warm(long now) {
        warmSince = now;
        warming = true;
    }

    /// Its share of what it would get, a tenth at least.
    double warmth(Duration slowStart, long now) {
        if (!warming) return 1;
        double share = slowStart.isZero() ? 1 : (double) (now - warmSince) / slowStart.toNanos();
        if (share >= 1) warming = false;
        return Math.clamp(share, 0.1, 1);
    }

    EndpointStats stats(long now) {
        return new EndpointStats(
                endpoint, weight, concurrent(), Duration.ofNanos((long) latency.nanos(now)), healthy, ejected);
    }
}
