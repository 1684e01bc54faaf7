package io.hawser.internal.pool;

import io.hawser.Endpoint;
import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.pool.ConnectionFactory;
import io.hawser.pool.ConnectionListener;
import io.hawser.pool.ConnectionStatus;
import io.hawser.pool.ManagedConnection;
import io.hawser.pool.ManagerConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections of one manager by name, and those who listen to all of them.
public final class KeptConnections<C> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptConnections.class);

    private final ManagerConfig config;
    private final Function<Endpoint, ConnectionFactory<C>> factories;
    private final TimeSource time;
    private final Map<String, KeptConnection<C>> byName = new ConcurrentHashMap<>();
    private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    public KeptConnections(ManagerConfig config, Function<Endpoint, ConnectionFactory<C>> factories, TimeSource time) {
        this.config = config;
        this.factories = factories;
        this.time = time;
    }

    public ManagedConnection<C> connect(String name, Endpoint endpoint) {
        KeptConnection<C> fresh = new KeptConnection<>(name, endpoint, factories.apply(endpoint), config, time, this);
        if (byName.putIfAbsent(name, fresh) != null) {
            throw new IllegalArgumentException("there is a connection " + name + " already");
        }
        if (closed) {
            byName.remove(name, fresh);
            throw new Rejected("the connection manager is closed", null);
        }
        fresh.start();
        return fresh;
    }

    public Optional<ManagedConnection<C>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<ManagedConnection<C>> all() {
        return List.copyOf(byName.values());
    }

    public void listen(ConnectionListener listener) {
        listeners.add(listener);
    }

    void changed(KeptConnection<C> connection, ConnectionStatus status) {
        for (ConnectionListener listener : listeners) {
            try {
                listener.changed(connection, status);
            } catch (RuntimeException e) {
                LOG.error("A listener failed on {} of {}", status.state(), connection.name(), e);
            }
        }
    }

    void ended(KeptConnection<C> connection) {
        byName.remove(connection.name(), connection);
    }

    @Override
    public void close() {
        closed = true;
        for (KeptConnection<C> connection : byName.values()) connection.close();
    }
}
