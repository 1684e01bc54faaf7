package io.hawser.internal.tcp;

import io.hawser.internal.link.ReadQuota;
import io.hawser.tcp.AddressLimits;
import io.hawser.tcp.ShedCause;

/// What one address has and has used.
///
/// Thread: safe from any; `visits` is guarded by the monitor of its [AddressTable].
final class AddressAccount implements ReadQuota {
    final long key;
    final Seats seats;
    private final AddressTable table;
    private final TokenBucket arrivals;
    private final TokenBucket requests;
    private final TokenBucket bytes;
    int visits;

    AddressAccount(long key, AddressTable table, AddressLimits limits, long nowNanos) {
        this.key = key;
        this.table = table;
        this.seats = new Seats(limits::maxConnections);
        this.arrivals = new TokenBucket(limits.arrivals(), nowNanos);
        this.requests = new TokenBucket(limits.requests(), nowNanos);
        this.bytes = new TokenBucket(limits.received(), nowNanos);
    }

    private long now() {
        return table.time().nanoTime();
    }

    boolean mayArrive() {
        return arrivals.tryTake(now());
    }

    boolean mayRequest() {
        return requests.tryTake(now());
    }

    @Override
    public void received(int count) {
        bytes.spend(count, now());
    }

    @Override
    public boolean mayRead() {
        return !bytes.isOverdrawn(now());
    }

    @Override
    public void paused() {
        table.shed().count(ShedCause.ADDRESS_BYTES);
    }

    /// Whether it is as one that has never been here.
    boolean isAsNew() {
        long now = now();
        return arrivals.isFull(now) && requests.isFull(now) && bytes.isFull(now);
    }

    void leave() {
        table.leave(this);
    }
}
