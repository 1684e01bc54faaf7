package io.hawser.pool;

import io.hawser.internal.pool.Ticket;

/// A connection that is one caller's until it is closed, which gives it back.
///
/// ```java
/// try (Lease<MessagingClient> lease = pool.acquire()) {
///     lease.connection().send(message);
/// }
/// ```
///
/// One that is forgotten is found by the garbage collector: the pool then logs who acquired it, closes its
/// connection and opens another when it is needed.
///
/// Thread: safe from any; `close` and `discard` do not wait.
///
/// @param <C> the kind of connection
public sealed interface Lease<C> extends AutoCloseable permits Ticket.Holder {
    /// The connection.
    ///
    /// @throws IllegalStateException if the lease has ended
    C connection();

    /// Ends the lease: the next caller gets the connection. Does nothing if it has ended.
    @Override
    void close();

    /// Ends the lease and has the connection closed, because it is broken. Does nothing if the lease has ended.
    void discard();
}
