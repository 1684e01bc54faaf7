package io.hawser.internal.pool;

import io.hawser.pool.ConnectionFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes connections that are only counted, and fails, hangs or lies when it is told to.
final class Conns implements ConnectionFactory<Conns.Conn> {
    final AtomicInteger attempts = new AtomicInteger();
    final List<Conn> open = new CopyOnWriteArrayList<>();
    final List<Conn> closed = new CopyOnWriteArrayList<>();
    volatile boolean failing;
    volatile boolean lookingTakesTime;
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
        if (lookingTakesTime) Thread.sleep(1);
        return !conn.broken;
    }

    @Override
    public void close(Conn conn) {
        open.remove(conn);
        closed.add(conn);
    }
}
