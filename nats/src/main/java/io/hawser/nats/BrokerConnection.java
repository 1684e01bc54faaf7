package io.hawser.nats;

import io.hawser.StartupFailed;
import io.nats.client.Connection;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to NATS, and the one that follows upon it: the client library gives a connection up for
/// ever when a server has refused it twice in the same words, as one does whose accounts come later, or to
/// which credentials are shown that have expired.
///
/// Thread: safe from any.
///
/// Lock: `mending` is held by the one who makes another connection, and then this monitor, which guards who is
/// told of it.
final class BrokerConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<Connection> dialer;
    private final List<Consumer<Connection>> users = new ArrayList<>();
    private final ReentrantLock mending = new ReentrantLock();
    private volatile Connection connection;
    private volatile boolean isClosed;
    private volatile long triedNanos = System.nanoTime();
    private String told = "";

    /// @throws StartupFailed if the dialer says so
    BrokerConnection(Supplier<Connection> dialer) {
        this.dialer = dialer;
        this.connection = dialer.get();
    }

    Connection now() {
        return connection;
    }

    boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    /// Gives `user` this connection, and each that follows.
    synchronized void each(Consumer<Connection> user) {
        users.add(user);
        user.accept(connection);
    }

    /// Makes another connection if this one has been given up, at most once a second; waits for the broker.
    ///
    /// @return whether there is another
    boolean mend() {
        if (isClosed || connection.getStatus() != Connection.Status.CLOSED) return false;
        if (System.nanoTime() - triedNanos < PAUSE_NANOS || !mending.tryLock()) return false;
        try {
            return take(dialer.get());
        } catch (StartupFailed e) {
            String problem = String.valueOf(e.getMessage());
            if (!isClosed && !problem.equals(told)) LOG.warn("{}", problem);
            told = problem;
            return false;
        } finally {
            triedNanos = System.nanoTime();
            mending.unlock();
        }
    }

    private synchronized boolean take(Connection made) {
        if (isClosed) {
            close(made);
            return false;
        }
        connection = made;
        told = "";
        LOG.info("another connection to NATS has been made");
        users.forEach(user -> user.accept(made));
        return true;
    }

    /// Ends a watch, whose connection may have been given up before.
    static void stop(@Nullable NatsKeyValueWatchSubscription watch) {
        if (watch == null) return;
        try {
            watch.unsubscribe();
        } catch (IllegalStateException e) {
            // It ended with its connection.
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
