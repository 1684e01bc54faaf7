package io.hawser.internal.pool;

import io.hawser.Deadline;
import io.hawser.pool.ConnectionFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Makes connections that are only counted, and fails, hangs or lies when it is told to.
final class Conns implements ConnectionFactory<Conns.Conn> {
    final AtomicInteger attempts = new AtomicInteger();
    final List<Conn> open = new CopyOnWriteArrayList<>();
    final List<Conn> closed = new CopyOnWriteArrayList<>();
    volatile boolean failing;
    volatile boolean lookingTakesTime;
    final AtomicInteger lookers = new AtomicInteger();
    volatile CountDownLatch onLook = new CountDownLatch(0);
    volatile @Nullable Error looking;
    volatile Deadline limit = Deadline.none();
    volatile Semaphore gate = new Semaphore(Integer.MAX_VALUE);

    static final class Conn {
        final int number;
        final AtomicInteger users = new AtomicInteger();
        volatile boolean broken;

        Conn(int number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return "conn-" + number;
        }
    }

    @Override
    public Conn open() throws Exception {
        int number = attempts.incrementAndGet();
        gate.acquire();
        if (failing) throw new IOException("refused " + number);
        Conn conn = new Conn(number);
        open.add(conn);
        return conn;
    }

    @Override
    public boolean isUsable(Conn conn) throws InterruptedException {
        limit = Deadline.current();
        Error thrown = looking;
        if (thrown != null) throw thrown;
        if (lookingTakesTime) Thread.sleep(1);
        lookers.incrementAndGet();
        CountDownLatch hold = onLook;
        if (hold.getCount() > 0) hold.await();
        return !conn.broken;
    }

    @Override
    public void close(Conn conn) {
        open.remove(conn);
        closed.add(conn);
    }
}
