package io.hawser.hub.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/// Opens many connections at a rate, has each answered once, and holds them idle.
///
/// State: a connection is in `opening` until its answer and in `held` after; one that fails is in neither
/// and counted.
///
/// Thread: one.
public final class HoldRun implements AutoCloseable {
    private static final int READ_BYTES = 64 * 1024;
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long TICK_MILLIS = 100;

    /// More attempts at once than this would measure the server's listen queue.
    private static final int MAX_OPENING = 128;

    private final Protocol protocol;
    private final InetSocketAddress target;
    private final int planned;
    private final OptionalLong ratePerSecond;
    private final Dialer dialer;
    private final Requests requests;
    private final Selector selector;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(READ_BYTES);
    private final Set<HeldConnection> opening = new LinkedHashSet<>();
    private final Set<HeldConnection> held = new LinkedHashSet<>();
    private final Histogram latency = new Histogram(Tally.SIGNIFICANT_DIGITS);
    private final Faults faults = new Faults();
    private long openingNanos;

    /// A run of `planned` connections, so many a second as `ratePerSecond` says or as fast as they come.
    public HoldRun(Protocol protocol, InetSocketAddress target, int planned, OptionalLong ratePerSecond)
            throws IOException {
        if (planned < 1) throw new IllegalArgumentException("hold: " + planned + ", must be at least 1");
        this.protocol = protocol;
        this.target = target;
        this.planned = planned;
        this.ratePerSecond = ratePerSecond;
        this.dialer = new Dialer(target, planned);
        this.requests = new Requests(protocol, 1);
        this.selector = Selector.open();
    }

    /// Opens them all and returns when each is answered or has failed.
    public HoldReport open(Progress progress) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var arrivals = new Arrivals(start, ratePerSecond.orElse(1), 1, 0, 1);
        int begun = 0;
        while (begun < planned || !opening.isEmpty()) {
            if (Thread.interrupted()) throw new InterruptedException();
            long now = System.nanoTime();
            while (begun < planned && opening.size() < MAX_OPENING) {
                long due = ratePerSecond.isPresent() ? arrivals.dueNanos(begun) : now;
                if (due - now > 0) break;
                begin(due);
                begun++;
            }
            boolean more = begun < planned && opening.size() < MAX_OPENING;
            select(more ? 1 : TICK_MILLIS);
            giveUpOnOld(System.nanoTime());
            progress.at(Duration.ofNanos(now - start), held.size());
        }
        openingNanos = System.nanoTime() - start;
        return report();
    }

    /// Keeps the connections until `end` says so, and counts those that the server closes.
    public HoldReport hold(BooleanSupplier end) throws IOException, InterruptedException {
        long nudge = System.nanoTime() + KEEP_ALIVE_NANOS;
        while (!end.getAsBoolean()) {
            if (Thread.interrupted()) throw new InterruptedException();
            select(TICK_MILLIS);
            if (System.nanoTime() - nudge > 0) {
                nudgeAll();
                nudge += KEEP_ALIVE_NANOS;
            }
        }
        return report();
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private HoldReport report() {
        return new HoldReport(
                protocol.name(),
                target.getHostString() + ":" + target.getPort(),
                planned,
                held.size(),
                openingNanos,
                Percentiles.of(latency),
                faults.counts());
    }

    private void begin(long due) {
        try {
            var channel = dialer.begin();
            var key = channel.register(selector, 0);
            var connection = new HeldConnection(
                    channel, key, new Greeting(protocol.greeting()), requests, protocol.responses(), due);
            key.attach(connection);
            opening.add(connection);
            try {
                connection.begin();
            } catch (IOException e) {
                fail(connection, LoadLoop.kind(e));
            }
        } catch (IOException e) {
            faults.add("connect: " + LoadLoop.kind(e));
        }
    }

    private void select(long millis) throws IOException {
        selector.select(this::ready, millis);
    }

    private void ready(SelectionKey key) {
        var connection = (HeldConnection) key.attachment();
        try {
            connection.proceed(scratch);
        } catch (IOException | BadResponse e) {
            fail(connection, LoadLoop.kind(e));
            return;
        }
        if (connection.answered() && opening.remove(connection)) {
            held.add(connection);
            latency.recordValue(Math.max(0, System.nanoTime() - connection.dueNanos()));
        }
    }

    private void giveUpOnOld(long now) {
        // The oldest come first, so the first that is young enough ends the search.
        Iterator<HeldConnection> oldest = opening.iterator();
        while (oldest.hasNext()) {
            var connection = oldest.next();
            if (now - connection.dueNanos() < ANSWER_NANOS) return;
            oldest.remove();
            fail(connection, "no answer within 10 s");
        }
    }

    private void nudgeAll() {
        for (var key : selector.keys()) {
            var connection = (HeldConnection) key.attachment();
            try {
                if (key.isValid()) connection.nudge(protocol.keepAlive());
            } catch (IOException e) {
                fail(connection, LoadLoop.kind(e));
            }
        }
    }

    private void fail(HeldConnection connection, String kind) {
        faults.add(held.remove(connection) ? "lost while held: " + kind : kind);
        opening.remove(connection);
        try {
            connection.close();
        } catch (IOException e) {
            faults.add("closing: " + LoadLoop.kind(e));
        }
    }
}
