package io.hawser.internal.pool;

import io.hawser.TimeSource;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after a pool once a second: takes back what was forgotten, and closes what is too old, idle for too
/// long, or (asked every tenth time) broken.
final class Housekeeper<C> {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int VALIDATE_EVERY = 10;

    private final BoundedPool<C> pool;
    private final String name;
    private final TimeSource time;
    private final Crew thread;
    private final ReferenceQueue<Ticket.Holder<C>> forgotten = new ReferenceQueue<>();
    private final LongAdder leaked = new LongAdder();
    private long sweeps;

    Housekeeper(BoundedPool<C> pool, String name, TimeSource time) {
        this.pool = pool;
        this.name = name;
        this.time = time;
        this.thread = new Crew("hawser-" + name + "-house");
    }

    void start() {
        thread.start(this::run);
    }

    boolean stop(Duration longest) {
        thread.interrupt();
        return thread.join(longest);
    }

    /// Where the tickets of forgotten leases turn up.
    ReferenceQueue<Ticket.Holder<C>> forgotten() {
        return forgotten;
    }

    long leaked() {
        return leaked.sum();
    }

    private void run() {
        try {
            while (true) {
                time.sleep(PERIOD);
                reclaim();
                pool.sweep(++sweeps % VALIDATE_EVERY == 0);
            }
        } catch (InterruptedException e) {
            // stop() does that
        }
    }

    void reclaim() {
        for (Reference<?> next = forgotten.poll(); next != null; next = forgotten.poll()) {
            if (!(next instanceof Ticket<?> ticket) || !ticket.revoke()) continue;
            leaked.increment();
            LOG.warn("Pool {}: a lease was forgotten; it was acquired at {}", name, ticket.acquiredAt());
        }
    }
}
