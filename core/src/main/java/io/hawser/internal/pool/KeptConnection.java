package io.hawser.internal.pool;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.TimeSource;
import io.hawser.internal.client.Attempts;
import io.hawser.pool.ConnectionFactory;
import io.hawser.pool.ConnectionStatus;
import io.hawser.pool.ManagedConnection;
import io.hawser.pool.ManagerConfig;
import io.hawser.pool.Watch;
import io.hawser.tcp.ConnectionState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection and the virtual thread that keeps it up: opens it, probes it, and when it is lost closes it,
/// pauses and begins again. A [#report] interrupts the pause between two probes, and nothing else.
///
/// Lock: `lock` guards `status`, `open`, `complaint` and `probing`; it is not held while anything is opened,
/// probed, closed or told.
public final class KeptConnection<C> implements ManagedConnection<C> {
    private static final Logger LOG = LoggerFactory.getLogger(KeptConnection.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final String name;
    private final Endpoint endpoint;
    private final ConnectionFactory<C> factory;
    private final ManagerConfig config;
    private final TimeSource time;
    private final KeptConnections<C> all;
    private final Crew thread;
    private final Attempts attempts;
    private final List<StatusFeed> feeds = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ConnectionStatus status;
    private @Nullable C open;
    private @Nullable String complaint;
    private @Nullable Thread pausing;
    private volatile boolean closed;

    KeptConnection(
            String name,
            Endpoint endpoint,
            ConnectionFactory<C> factory,
            ManagerConfig config,
            TimeSource time,
            KeptConnections<C> all) {
        this.name = name;
        this.endpoint = endpoint;
        this.factory = factory;
        this.config = config;
        this.time = time;
        this.all = all;
        this.thread = new Crew("hawser-keep-" + name);
        this.attempts = new Attempts(config.reconnect());
        this.status = new ConnectionStatus(ConnectionState.CONNECTING, "", time.now(), Optional.empty(), 0);
    }

    void start() {
        thread.start(this::run);
    }

    private void run() {
        String reason = "closed";
        try {
            reason = keepUp();
        } catch (InterruptedException e) {
            // close() does that
        } finally {
            all.ended(this);
            become(ConnectionState.CLOSED, reason, null, null, status().failures());
        }
    }

    /// @return why it was given up
    private String keepUp() throws InterruptedException {
        while (!closed) {
            become(ConnectionState.CONNECTING, "", null, null, attempts.failures());
            String reason;
            try {
                reason = stay(factory.open());
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                attempts.failed();
                reason = PoolErrors.reason(e);
                LOG.debug("{}: attempt {} failed", name, attempts.failures(), e);
            }
            if (closed) break;
            become(ConnectionState.DISCONNECTED, reason, null, null, attempts.failures());
            if (attempts.areExhausted()) return "gave up after " + attempts.failures() + " attempts: " + reason;
            time.sleep(attempts.pause(Duration.ZERO, ThreadLocalRandom.current()));
        }
        return "closed";
    }

    /// Probes `connection` until it is lost, and closes it. It counts as open once a probe has found it
    /// usable.
    ///
    /// @return why it is lost
    private String stay(C connection) throws InterruptedException {
        boolean wasUsable = false;
        try {
            while (true) {
                long start = time.nanoTime();
                if (!probe(connection)) return "the probe found it unusable";
                long now = time.nanoTime();
                if (wasUsable) {
                    measured(Duration.ofNanos(now - start));
                } else {
                    attempts.opened(now);
                    become(ConnectionState.CONNECTED, "", connection, Duration.ofNanos(now - start), 0);
                }
                wasUsable = true;
                String reported = pause();
                if (reported != null) return reported;
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            return "the probe failed: " + PoolErrors.reason(e);
        } finally {
            if (wasUsable) attempts.ended(time.nanoTime());
            else attempts.failed();
            release(connection);
        }
    }

    /// Whether `connection` was found usable in time.
    private boolean probe(C connection) throws Exception {
        Deadline end = Deadline.after(config.probeTimeout());
        return end.call(() -> factory.isUsable(connection)) && !end.hasPassed();
    }

    private void release(C connection) {
        lock.lock();
        try {
            open = null;
        } finally {
            lock.unlock();
        }
        boolean interrupted = Thread.interrupted();
        try {
            factory.close(connection);
        } catch (Exception e) {
            LOG.warn("{}: {} does not close", name, connection, e);
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    /// Waits for the time of the next probe.
    ///
    /// @return what was reported meanwhile
    private @Nullable String pause() throws InterruptedException {
        lock.lock();
        try {
            if (complaint != null) return takeComplaint();
            pausing = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        try {
            time.sleep(config.probeEvery());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        lock.lock();
        try {
            pausing = null;
            // A report may have interrupted just after the sleep ended.
            interrupted |= Thread.interrupted();
            if (closed || (interrupted && complaint == null)) throw new InterruptedException();
            return takeComplaint();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String takeComplaint() {
        String taken = complaint;
        complaint = null;
        return taken;
    }

    private void become(
            ConnectionState state, String reason, @Nullable C connection, @Nullable Duration latency, int failures) {
        ConnectionStatus next = new ConnectionStatus(state, reason, time.now(), Optional.ofNullable(latency), failures);
        lock.lock();
        try {
            status = next;
            open = connection;
            complaint = null;
            changed.signalAll();
            for (StatusFeed feed : feeds) feed.add(next);
        } finally {
            lock.unlock();
        }
        all.changed(this, next);
    }

    private void measured(Duration latency) {
        lock.lock();
        try {
            status = new ConnectionStatus(
                    status.state(), status.reason(), status.since(), Optional.of(latency), status.failures());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public ConnectionStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<C> connection() {
        lock.lock();
        try {
            return Optional.ofNullable(open);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public C await() {
        Deadline deadline = Deadline.current();
        lock.lock();
        try {
            while (open == null) {
                if (status.state() == ConnectionState.CLOSED) {
                    throw new ConnectFailed("connection " + name + " is closed: " + status.reason(), null);
                }
                long left = deadline.remainingNanos();
                if (left <= 0) {
                    throw new DeadlineExceeded("connection " + name + " (" + status.reason() + ")", Processed.NO);
                }
                var _ = changed.await(left, TimeUnit.NANOSECONDS);
            }
            return open;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for connection " + name, Processed.NO, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // two connections may be equal, and one of them lost
    public void report(C lost, String reason) {
        Objects.requireNonNull(reason, "reason");
        lock.lock();
        try {
            if (open != lost) return;
            complaint = reason;
            if (pausing != null) pausing.interrupt();
        } finally {
            lock.unlock();
        }
    }

    public Watch watch() {
        StatusFeed feed = new StatusFeed(config.maxUnread(), feeds::remove);
        lock.lock();
        try {
            feed.add(status);
            if (status.state() != ConnectionState.CLOSED) feeds.add(feed);
        } finally {
            lock.unlock();
        }
        return feed;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (!thread.join(LONGEST_CLOSE)) LOG.warn("Connection {} does not close within {}", name, LONGEST_CLOSE);
    }
}
