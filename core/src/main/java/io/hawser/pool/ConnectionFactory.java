package io.hawser.pool;

/// How connections of one kind are opened, looked at and closed, for a [ConnectionPool] or a
/// [ConnectionManager].
///
/// ```java
/// ConnectionFactory<MessagingClient> factory = () -> MessagingClient.open(config);
/// ```
///
/// Thread: opens and closes on virtual threads of the pool, several at a time; `isUsable` is also called on
/// the thread of whoever acquires. No lock is held.
///
/// @param <C> the kind of connection
@FunctionalInterface
public interface ConnectionFactory<C> {
    /// Opens a connection, waiting as long as it takes: whoever asked for it may have left by then, and it is
    /// kept for the next. It should have a time limit of its own.
    C open() throws Exception;

    /// Whether `connection` can still be used; what it throws says no. A look at its state, or a message to
    /// the peer. It should have a time limit of its own, or heed [io.hawser.Deadline#current()], which is set
    /// to that of the pool or of the probe: nothing cuts it off.
    ///
    /// The default asks nothing and says yes.
    default boolean isUsable(C connection) throws Exception {
        return true;
    }

    /// Closes `connection`, which nobody uses any more; what it throws is logged.
    ///
    /// The default closes what is [AutoCloseable].
    default void close(C connection) throws Exception {
        if (connection instanceof AutoCloseable closeable) closeable.close();
    }
}
