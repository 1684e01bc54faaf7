package io.hawser.pool;

import io.hawser.Endpoint;
import io.hawser.TimeSource;
import io.hawser.internal.pool.KeptConnection;
import io.hawser.internal.pool.KeptConnections;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/// Connections by name, each opened, looked at, and opened again when it is lost.
///
/// ```java
/// try (ConnectionManager<MessagingClient> manager = ConnectionManager.open(
///         ManagerConfig.defaults(),
///         endpoint -> () -> MessagingClient.open(MessagingClientConfig.to("me", endpoint)))) {
///     Endpoint endpoint = Endpoint.parse("10.0.0.7:7000");
///     ManagedConnection<MessagingClient> billing = manager.connect("billing", endpoint);
///     billing.await().send(message);
/// }
/// ```
///
/// Thread: safe from any.
///
/// @param <C> the kind of connection
public final class ConnectionManager<C> implements AutoCloseable {
    private final KeptConnections<C> kept;

    private ConnectionManager(KeptConnections<C> kept) {
        this.kept = kept;
    }

    /// A manager without connections.
    ///
    /// @param factories how to connect to an endpoint; its `isUsable` is the probe
    public static <C> ConnectionManager<C> open(
            ManagerConfig config, Function<Endpoint, ConnectionFactory<C>> factories) {
        return open(config, factories, TimeSource.system());
    }

    /// A manager that reads `time`, and sleeps by it.
    public static <C> ConnectionManager<C> open(
            ManagerConfig config, Function<Endpoint, ConnectionFactory<C>> factories, TimeSource time) {
        return new ConnectionManager<>(new KeptConnections<>(config, factories, time));
    }

    /// Begins to connect to `endpoint`, and returns at once.
    ///
    /// @throws IllegalArgumentException if there is a connection of that name that is not closed
    /// @throws io.hawser.Rejected if the manager is closed
    public ManagedConnection<C> connect(String name, Endpoint endpoint) {
        return kept.connect(name, endpoint);
    }

    /// The connection of that name, unless it is closed.
    public Optional<ManagedConnection<C>> find(String name) {
        return kept.find(name);
    }

    /// Those that are not closed.
    public Collection<ManagedConnection<C>> connections() {
        return kept.all();
    }

    /// The states of `connection` from now on.
    public Watch watch(ManagedConnection<C> connection) {
        return ((KeptConnection<C>) connection).watch();
    }

    /// Tells `listener` of each change from now on.
    public void listen(ConnectionListener listener) {
        kept.listen(listener);
    }

    /// Closes all connections. Waits at most 5 s for each that does not close.
    @Override
    public void close() {
        kept.close();
    }
}
