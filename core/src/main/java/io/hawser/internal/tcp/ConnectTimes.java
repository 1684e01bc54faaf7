package io.hawser.internal.tcp;

/// When the phases of opening one connection ended, on the monotonic clock.
///
/// Thread: written by whoever opens it, read when it is open.
public final class ConnectTimes {
    private final long begunNanos = System.nanoTime();
    private volatile long resolvedNanos = begunNanos;
    private volatile long connectedNanos = begunNanos;
    private volatile long securedNanos = begunNanos;

    /// Whether it was begun at `nanos` or later.
    public boolean begunSince(long nanos) {
        return begunNanos - nanos >= 0;
    }

    public void resolved() {
        resolvedNanos = System.nanoTime();
        connectedNanos = resolvedNanos;
        securedNanos = resolvedNanos;
    }

    void connected() {
        connectedNanos = System.nanoTime();
        securedNanos = connectedNanos;
    }

    void secured() {
        securedNanos = System.nanoTime();
    }

    public long dnsNanos() {
        return resolvedNanos - begunNanos;
    }

    public long connectNanos() {
        return connectedNanos - resolvedNanos;
    }

    /// With the proxy's tunnel, where there is one.
    public long tlsNanos() {
        return securedNanos - connectedNanos;
    }

    public long allNanos() {
        return securedNanos - begunNanos;
    }
}
