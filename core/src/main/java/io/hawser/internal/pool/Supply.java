package io.hawser.internal.pool;

import io.hawser.TimeSource;
import io.hawser.pool.ConnectionFactory;
import io.hawser.pool.Eviction;
import io.hawser.pool.PoolConfig;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the connections of a pool, each on a virtual thread of its own.
///
/// Lock: the pool's guards all fields and is held by those who call, but for the threads started here.
final class Supply<C> {
    private static final Logger LOG = LoggerFactory.getLogger(Supply.class);

    private final BoundedPool<C> pool;
    private final PoolConfig config;
    private final ConnectionFactory<C> factory;
    private final TimeSource time;
    private final Crew openers;
    private final Ramp ramp;
    private int connecting;
    private boolean retryPlanned;
    private long created;
    private long failed;

    Supply(BoundedPool<C> pool, PoolConfig config, ConnectionFactory<C> factory, TimeSource time) {
        this.pool = pool;
        this.config = config;
        this.factory = factory;
        this.time = time;
        this.openers = new Crew("hawser-" + config.name());
        this.ramp = new Ramp(config.growth());
    }

    int connecting() {
        return connecting;
    }

    long created() {
        return created;
    }

    long failed() {
        return failed;
    }

    /// Why the last attempt failed, unless one has succeeded since.
    @Nullable
    Throwable lastFailure() {
        return ramp.lastFailure();
    }

    /// Opens what is missing, now or after the pause.
    void grow(int open, int waiting) {
        int missing = ramp.missing(open, connecting, waiting, config.maxSize());
        if (missing == 0) return;
        long pause = ramp.pauseNanos(time.nanoTime());
        if (pause > 0) {
            if (retryPlanned) return;
            retryPlanned = true;
            openers.start(() -> retryAfter(Duration.ofNanos(pause)));
            return;
        }
        connecting += missing;
        for (int i = 0; i < missing; i++) openers.start(this::openOne);
    }

    private void retryAfter(Duration pause) {
        try {
            time.sleep(pause);
        } catch (InterruptedException e) {
            return;
        }
        pool.locked(() -> {
            retryPlanned = false;
            pool.grow();
        });
    }

    private void openOne() {
        C connection;
        try {
            connection = factory.open();
        } catch (Throwable failure) {
            pool.locked(() -> openFailed(failure));
            return;
        }
        Entry<C> entry = new Entry<>(connection, time.nanoTime() + lifetimeNanos());
        boolean kept = pool.locked(() -> {
            connecting--;
            created++;
            ramp.opened();
            return pool.admit(entry);
        });
        if (!kept) pool.close(entry);
    }

    private void openFailed(Throwable failure) {
        connecting--;
        failed++;
        ramp.failed(failure, time.nanoTime(), ThreadLocalRandom.current());
        LOG.debug("Pool {}: opening a connection failed", config.name(), failure);
        pool.openFailed(failure);
    }

    private long lifetimeNanos() {
        Eviction eviction = config.eviction();
        long age = BoundedPool.saturatedNanos(eviction.age());
        return age
                - (long) (age
                        * eviction.ageJitter()
                        * ThreadLocalRandom.current().nextDouble());
    }

    /// Gives up what is being opened, and waits for it.
    ///
    /// @return whether all of it has ended
    boolean stop(Duration longest) {
        openers.interrupt();
        return openers.join(longest);
    }
}
