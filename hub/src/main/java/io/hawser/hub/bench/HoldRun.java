package io.hawser.hub.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
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
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long TICK_MILLIS = 100;

    /// More attempts at once than this would measure the server's listen queue.
    private static final int MAX_OPENING = 128;

    private final Protocol protocol;
    private final InetSocketAddress target;
    private final int planned;
    private final OptionalLong ratePerSecond;
    private final Selector selector;
    private final AskedConnections connections;
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
        this.selector = Selector.open();
        this.connections = new AskedConnections(protocol, new Dialer(target, planned), selector, faults, new Holding());
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
                connections.begin(due);
                begun++;
            }
            boolean more = begun < planned && opening.size() < MAX_OPENING;
            connections.select(more ? 1 : TICK_MILLIS);
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
            connections.select(TICK_MILLIS);
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

    private final class Holding implements AskedConnections.Owner {
        @Override
        public void begun(HeldConnection connection) {
            opening.add(connection);
        }

        @Override
        public boolean answered(HeldConnection connection) {
            if (opening.remove(connection)) {
                held.add(connection);
                latency.recordValue(Math.max(0, System.nanoTime() - connection.dueNanos()));
            }
            return true;
        }

        @Override
        public String failed(HeldConnection connection, String kind) {
            opening.remove(connection);
            return held.remove(connection) ? "lost while held: " + kind : kind;
        }
    }

    private void giveUpOnOld(long now) {
        // The oldest come first, so the first that is young enough ends the search.
        Iterator<HeldConnection> oldest = opening.iterator();
        while (oldest.hasNext()) {
            var connection = oldest.next();
            if (!connection.isOverdue(now)) return;
            oldest.remove();
            connections.fail(connection, HeldConnection.NO_ANSWER);
        }
    }

    private void nudgeAll() {
        for (var key : selector.keys()) {
            var connection = (HeldConnection) key.attachment();
            try {
                if (key.isValid()) connection.nudge(protocol.keepAlive());
            } catch (IOException e) {
                connections.fail(connection, LoadLoop.kind(e));
            }
        }
    }
}
