package io.hawser.pool;

import io.hawser.DrainReport;
import io.hawser.TimeSource;
import io.hawser.internal.pool.BoundedPool;
import java.time.Duration;
import java.util.Optional;

/// A bounded set of connections that callers share one at a time.
///
/// ```java
/// try (ConnectionPool<MessagingClient> pool =
///                 ConnectionPool.open(PoolConfig.defaults(), () -> MessagingClient.open(config));
///         Lease<MessagingClient> lease = pool.acquire()) {
///     lease.connection().send(message);
/// }
/// ```
///
/// The connection that was used last is handed out first, so that under less load the others become idle and
/// are closed. Callers that find none wait in the order in which they came, and get whichever is there first:
/// one that comes back, or one that is opened for them. Opening happens on threads of the pool, so a caller
/// that leaves cuts nothing off.
///
/// Thread: safe from any.
///
/// @param <C> the kind of connection
public final class ConnectionPool<C> implements AutoCloseable {
    private final BoundedPool<C> pool;

    private ConnectionPool(BoundedPool<C> pool) {
        this.pool = pool;
    }

    /// Opens a pool, and begins to open its initial connections, for which it does not wait.
    public static <C> ConnectionPool<C> open(PoolConfig config, ConnectionFactory<C> factory) {
        return open(config, factory, TimeSource.system());
    }

    /// Opens a pool that reads `time`.
    public static <C> ConnectionPool<C> open(PoolConfig config, ConnectionFactory<C> factory, TimeSource time) {
        return new ConnectionPool<>(BoundedPool.open(config, factory, time));
    }

    /// Waits for a connection.
    ///
    /// @throws io.hawser.ConnectFailed if none is open and opening one has failed
    /// @throws io.hawser.Rejected if too many wait already, or the pool is closed
    /// @throws io.hawser.DeadlineExceeded at the pool's time limit or [io.hawser.Deadline#current()],
    ///     whichever is earlier
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    /// @throws IllegalStateException on an event loop, which must not wait
    public Lease<C> acquire() {
        return pool.acquire();
    }

    /// A connection that waits for a caller. If there is none, none is opened, nor waited for; one that has
    /// been unused for [Eviction#validateAfter()] is asked for first whether it is usable, which may take
    /// its time.
    ///
    /// @throws io.hawser.Rejected if the pool is closed
    public Optional<Lease<C>> tryAcquire() {
        return pool.tryAcquire();
    }

    public PoolStats stats() {
        return pool.stats();
    }

    /// Accepts no more callers, serves those that wait, and closes when all connections are back or `grace`
    /// is over; then those that still wait are rejected, and connections that are out are closed under
    /// their holders. [io.hawser.Deadline#current()] and an interrupt of the caller end the grace early;
    /// the interrupt flag stays set. After the grace it waits as [#close()] does, and as long again for those
    /// that it closed under their holders.
    ///
    /// @return of the leases and of those who waited when it began, how many ended by themselves, and how
    ///     many were cut
    public DrainReport drain(Duration grace) {
        return pool.drain(grace);
    }

    /// Rejects those who wait and closes the connections that are not leased; the others are closed when they
    /// come back. Waits at most 5 s, for all together, for connections that do not open or close.
    @Override
    public void close() {
        pool.close();
    }
}
