package io.hawser.pool;

import io.hawser.Endpoint;
import io.hawser.internal.pool.KeptConnection;
import java.util.Optional;

/// A connection with a name that a [ConnectionManager] keeps up until it is closed.
///
/// Thread: safe from any.
///
/// @param <C> the kind of connection
public sealed interface ManagedConnection<C> extends AutoCloseable permits KeptConnection {
    String name();

    Endpoint endpoint();

    ConnectionStatus status();

    /// What is open now.
    Optional<C> connection();

    /// Waits until it is open.
    ///
    /// @throws io.hawser.ConnectFailed if it has been closed or given up
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    C await();

    /// Says that `lost`, which [#connection()] gave, is of no use: it is closed and opened anew without
    /// waiting for the next probe. Does nothing if another has been opened since.
    void report(C lost, String reason);

    /// Closes it for good. Waits at most 5 s for what does not close.
    @Override
    void close();
}
