package io.hawser.internal.pool;

import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.DrainReport;
import io.hawser.TimeSource;
import io.hawser.internal.io.IoLoop;
import io.hawser.pool.ConnectionFactory;
import io.hawser.pool.Lease;
import io.hawser.pool.PoolConfig;
import io.hawser.pool.PoolStats;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pool itself.
///
/// While nobody waits, a connection is taken and given back by one compare-and-set on the [IdleStack] each.
/// Who finds none enters the [WaitQueue] under the lock, and only then looks at the stack again; who gives one
/// back pushes it, and only then looks at the queue. So either sees the other, and no connection lies idle
/// beside a caller that waits. While somebody waits, newcomers go to the end of the queue even if a connection
/// is idle at that moment.
///
/// Each connection that is open is in `entries` until it is closed for good, which is what bounds their
/// number; a lease that ends with nobody's doing is one whose [Ticket] the [Housekeeper] found.
///
/// Lock: `lock` guards `entries`, the queue and the [Supply]. Nothing is waited for and no factory is called
/// while it is held.
public final class BoundedPool<C> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedPool.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final PoolConfig config;
    private final PoolErrors errors;
    /// Tells those who wait that the pool closes; known by its identity, for a factory may throw anything.
    private final Throwable closing;
    private final ConnectionFactory<C> factory;
    private final TimeSource time;
    private final long idleNanos;
    private final long validateAfterNanos;
    private final IdleStack<C> idle = new IdleStack<>();
    private final Housekeeper<C> housekeeper;
    private final Supply<C> supply;
    private final Crew closers;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final Set<Entry<C>> entries = new LinkedHashSet<>();
    private final WaitQueue<C> queue = new WaitQueue<>();

    private final AtomicInteger issued = new AtomicInteger();
    private volatile boolean accepting = true;
    private volatile boolean closed;

    private BoundedPool(PoolConfig config, ConnectionFactory<C> factory, TimeSource time) {
        this.config = config;
        this.errors = new PoolErrors(config);
        this.closing = errors.closed();
        this.factory = factory;
        this.time = time;
        this.idleNanos = saturatedNanos(config.eviction().idle());
        this.validateAfterNanos = saturatedNanos(config.eviction().validateAfter());
        this.supply = new Supply<>(this, config, factory, time);
        this.housekeeper = new Housekeeper<>(this, config.name(), time);
        this.closers = new Crew("hawser-" + config.name() + "-close");
    }

    public static <C> BoundedPool<C> open(PoolConfig config, ConnectionFactory<C> factory, TimeSource time) {
        BoundedPool<C> pool = new BoundedPool<>(config, factory, time);
        pool.housekeeper.start();
        pool.locked(pool::grow);
        return pool;
    }

    public Lease<C> acquire() {
        if (IoLoop.isCurrent()) throw new IllegalStateException("acquire() waits, so it is refused on an event loop");
        checkAccepting();
        if (queue.isEmpty()) {
            Entry<C> entry = popUsable();
            if (entry != null) return lease(entry);
        }
        return lease(await());
    }

    public Optional<Lease<C>> tryAcquire() {
        checkAccepting();
        if (!queue.isEmpty()) return Optional.empty();
        return Optional.ofNullable(popUsable()).map(this::lease);
    }

    private void checkAccepting() {
        if (!accepting) throw errors.closed();
    }

    private @Nullable Entry<C> popUsable() {
        while (true) {
            Entry<C> entry = idle.pop();
            if (entry == null || isUsable(entry)) return entry;
            discarded(entry);
            // Asked by an interrupted thread, or too late, none would be usable.
            if (Thread.currentThread().isInterrupted() || Deadline.current().hasPassed()) return null;
        }
    }

    private boolean isUsable(Entry<C> entry) {
        long now = time.nanoTime();
        if (entry.hasExpired(now)) return false;
        return entry.idleNanos(now) < validateAfterNanos || passes(entry);
    }

    private boolean passes(Entry<C> entry) {
        try {
            return Deadline.after(config.timeout()).call(() -> factory.isUsable(entry.connection()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Throwable e) {
            // Whatever it is: the connection would be nobody's, and the housekeeper gone.
            LOG.debug("Pool {}: {} is not usable", config.name(), entry.connection(), e);
            return false;
        }
    }

    private Lease<C> lease(Entry<C> entry) {
        int every = config.callSiteEvery();
        CallSite callSite = every > 0 && issued.getAndIncrement() % every == 0 ? CallSite.here() : null;
        return Ticket.issue(this, entry, housekeeper.forgotten(), callSite);
    }

    private Entry<C> await() {
        Deadline limit = Deadline.after(config.timeout()).earlier(Deadline.current());
        boolean mayComeFirst = false;
        while (true) {
            Waiter<C> waiter = enqueue(mayComeFirst);
            while (!waiter.isAnswered()) {
                long left = limit.remainingNanos();
                boolean interrupted = Thread.currentThread().isInterrupted();
                if ((left <= 0 || interrupted) && leave(waiter)) throw left <= 0 ? late() : errors.interrupted();
                if (!waiter.isAnswered()) LockSupport.parkNanos(this, left);
            }
            Entry<C> entry = waiter.entry();
            if (entry == null) throw unserved(waiter.failure());
            if (isUsable(entry)) return entry;
            discarded(entry);
            mayComeFirst = true;
        }
    }

    private RuntimeException unserved(@Nullable Throwable why) {
        return closing.equals(why) ? errors.closed() : errors.failed(why);
    }

    private Waiter<C> enqueue(boolean first) {
        lock.lock();
        try {
            if (closed) throw errors.closed();
            // Whoever was let in stays: its turn had come.
            if (!first && queue.size() >= config.maxWaiting()) throw errors.tooManyWait(queue.size());
            Waiter<C> waiter = new Waiter<>();
            if (first) queue.addFirst(waiter);
            else queue.addLast(waiter);
            match();
            grow();
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    /// @return false if it was answered just before
    private boolean leave(Waiter<C> waiter) {
        lock.lock();
        try {
            if (waiter.isAnswered()) return false;
            queue.remove(waiter);
            signalIfDrained();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private DeadlineExceeded late() {
        PoolStats now = stats();
        Throwable cause = locked(supply::lastFailure);
        return errors.late(now, cause);
    }

    /// Gives idle connections to those who wait. Lock: held.
    private void match() {
        while (!queue.isEmpty()) {
            Entry<C> entry = idle.pop();
            if (entry == null) return;
            Waiter<C> waiter = queue.poll();
            if (waiter != null) waiter.give(entry);
        }
    }

    /// Opens what is missing. Lock: held.
    void grow() {
        if (!closed) supply.grow(entries.size(), queue.size());
    }

    /// Takes in a new connection, unless the pool has closed. Lock: held.
    boolean admit(Entry<C> entry) {
        if (closed) return false;
        entries.add(entry);
        entry.rest(time.nanoTime());
        idle.push(entry);
        match();
        grow();
        return true;
    }

    /// Those who wait are told if nothing can come to them. Lock: held.
    void openFailed(Throwable failure) {
        if (entries.isEmpty() && supply.connecting() == 0) failWaiters(failure);
        grow();
    }

    static long saturatedNanos(Duration duration) {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE / 4);
        return duration.compareTo(longest) > 0 ? longest.toNanos() : duration.toNanos();
    }

    private void failWaiters(Throwable reason) {
        for (Waiter<C> waiter = queue.poll(); waiter != null; waiter = queue.poll()) waiter.fail(reason);
        signalIfDrained();
    }

    /// Takes back a connection that can be used again.
    void returned(Entry<C> entry) {
        long now = time.nanoTime();
        if (closed || entry.hasExpired(now)) {
            discarded(entry);
            return;
        }
        entry.rest(now);
        idle.push(entry);
        if (!queue.isEmpty()) locked(this::match);
        // Closed, or draining, since: what closes looks at the stack after it has said so.
        if (!accepting) locked(this::signalIfDrained);
        if (closed) closeIdle();
    }

    /// Takes back a connection that cannot be used again.
    void discarded(Entry<C> entry) {
        remove(entry);
        closers.start(() -> close(entry));
    }

    private void remove(Entry<C> entry) {
        entry.end();
        locked(() -> {
            entries.remove(entry);
            grow();
            signalIfDrained();
        });
    }

    void close(Entry<C> entry) {
        try {
            factory.close(entry.connection());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("Pool {}: {} does not close", config.name(), entry.connection(), e);
        }
    }

    /// Closes what is too old or idle for too long.
    ///
    /// @param validate whether to look for broken ones too
    void sweep(boolean validate) {
        int surplus = locked(entries::size) - config.growth().initialSize();
        for (Entry<C> entry : locked(() -> List.copyOf(entries))) {
            if (!entry.check()) continue;
            long now = time.nanoTime();
            if (entry.hasExpired(now)
                    || (surplus > 0 && entry.idleNanos(now) >= idleNanos)
                    || (validate && !isUsable(entry))) {
                surplus--;
                discarded(entry);
            } else if (!entry.uncheck()) {
                idle.push(entry);
            }
        }
        idle.prune();
        if (!queue.isEmpty()) locked(this::match);
    }

    /// Takes back what was forgotten, as the housekeeper does once a second.
    void reclaim() {
        housekeeper.reclaim();
    }

    public PoolStats stats() {
        return locked(() -> {
            int active = leased();
            return new PoolStats(
                    entries.size(),
                    active,
                    entries.size() - active,
                    supply.connecting(),
                    queue.size(),
                    supply.created(),
                    supply.failed(),
                    housekeeper.leaked());
        });
    }

    public DrainReport drain(Duration grace) {
        long pending;
        long cut;
        lock.lock();
        try {
            if (!accepting) return new DrainReport(0, 0);
            accepting = false;
            pending = (long) leased() + queue.size();
            awaitDrained(Deadline.after(grace).earlier(Deadline.current()));
            cut = queue.size();
            failWaiters(closing);
        } finally {
            lock.unlock();
        }
        close();
        for (Entry<C> entry : locked(() -> List.copyOf(entries))) {
            Ticket<C> ticket = entry.ticket();
            if (ticket != null && ticket.revoke()) cut++;
        }
        closers.join(LONGEST_CLOSE);
        return new DrainReport(Math.max(0, pending - cut), cut);
    }

    /// Waits until all is back that is out, and nobody waits any more. Lock: held.
    private void awaitDrained(Deadline end) {
        try {
            long left = end.remainingNanos();
            while (left > 0 && leased() + queue.size() > 0) left = drained.awaitNanos(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int leased() {
        int leased = 0;
        for (Entry<C> entry : entries) if (entry.isLeased()) leased++;
        return leased;
    }

    private void signalIfDrained() {
        if (!accepting) drained.signalAll();
    }

    @Override
    public void close() {
        boolean first = locked(() -> {
            boolean was = closed;
            accepting = false;
            closed = true;
            failWaiters(closing);
            return !was;
        });
        if (!first) return;
        closeIdle();
        Deadline end = Deadline.after(LONGEST_CLOSE);
        boolean quiet = housekeeper.stop(end.remaining());
        boolean opened = supply.stop(end.remaining());
        if (!closers.join(end.remaining()) || !quiet || !opened) {
            LOG.warn("Pool {}: connections do not open or close within {}", config.name(), LONGEST_CLOSE);
        }
    }

    private void closeIdle() {
        for (Entry<C> entry = idle.pop(); entry != null; entry = idle.pop()) discarded(entry);
    }

    interface Locked<T extends @Nullable Object> {
        T run();
    }

    <T extends @Nullable Object> T locked(Locked<T> work) {
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
