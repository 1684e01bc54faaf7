package io.hawser.pool;

/// Is told of each change of the connections of a [ConnectionManager].
///
/// Thread: one at a time for one connection, on the thread that keeps it up, which should not be held for
/// long. What it throws is logged.
@FunctionalInterface
public interface ConnectionListener {
    void changed(ManagedConnection<?> connection, ConnectionStatus status);
}
