package io.hawser.pool;

import io.hawser.internal.pool.StatusFeed;

/// The states of one managed connection, as they come: the present one first, CLOSED last.
///
/// ```java
/// try (Watch watch = manager.watch(connection)) {
///     for (ConnectionStatus status : watch) log.info("{}: {}", status.state(), status.reason());
/// }
/// ```
///
/// The iterator waits for the next state, its [io.hawser.Deadline] permitting, and ends after CLOSED or when
/// the watch is closed. All iterators of a watch share its states.
///
/// Thread: safe from any.
public sealed interface Watch extends Iterable<ConnectionStatus>, AutoCloseable permits StatusFeed {
    /// How many states were dropped because nobody read them.
    long dropped();

    /// Ends the iteration.
    @Override
    void close();
}
