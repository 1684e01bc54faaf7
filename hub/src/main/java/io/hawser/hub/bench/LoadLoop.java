package io.hawser.hub.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One thread of the load generator: a selector, its connections, and the rule by which they send.
///
/// It sends until the end of the measured interval, then waits a bounded time for what is still in flight.
final class LoadLoop implements Runnable {
    private static final int READ_BYTES = 256 * 1024;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MAX_WAIT_MILLIS = 100;

    /// A selector waits in whole milliseconds, so what is due sooner than this is waited for by asking again
    /// at once.
    private static final long SPIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Selector selector;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(READ_BYTES);
    private final Tally tally;
    private final int batch;
    private final @Nullable Arrivals arrivals;
    private final long endNanos;
    private boolean sending = true;
    private long sent;
    private int cursor;

    /// A loop over what is connected already. `arrivals` makes it an open loop, null a closed one.
    LoadLoop(
            Protocol protocol,
            List<Wire> wires,
            LoadConfig config,
            @Nullable Arrivals arrivals,
            Tally tally,
            long endNanos)
            throws IOException {
        this.selector = Selector.open();
        this.tally = tally;
        this.batch = config.batch();
        this.arrivals = arrivals;
        this.endNanos = endNanos;
        var requests = new Requests(protocol, config.window());
        for (var wire : wires) {
            wire.socket().configureBlocking(false);
            var key = wire.socket().register(selector, SelectionKey.OP_READ);
            var connection = new LoadConnection(wire, key, requests, protocol.responses(), config.window());
            key.attach(connection);
            connections.add(connection);
        }
    }

    Tally tally() {
        return tally;
    }

    @Override
    public void run() {
        try {
            send();
            if (arrivals != null) {
                // What fell due while the last wait ran over the end.
                sendDue(arrivals, endNanos - 1);
                tally.unsent(arrivals.dueBy(endNanos - 1) - sent);
            }
            drain();
        } catch (IOException e) {
            tally.faults().add("selector: " + e.getMessage());
        } finally {
            close();
        }
    }

    private void send() throws IOException {
        if (arrivals == null) {
            List.copyOf(connections).forEach(this::refill);
        }
        long now = System.nanoTime();
        while (now - endNanos < 0
                && !connections.isEmpty()
                && !Thread.currentThread().isInterrupted()) {
            long waitNanos = endNanos - now;
            if (arrivals != null) waitNanos = Math.min(waitNanos, sendDue(arrivals, now));
            select(waitNanos);
            now = System.nanoTime();
        }
        sending = false;
    }

    private void drain() throws IOException {
        long until = System.nanoTime() + DRAIN_NANOS;
        while (inFlight() > 0
                && System.nanoTime() - until < 0
                && !Thread.currentThread().isInterrupted()) {
            select(until - System.nanoTime());
        }
        tally.faults().add("not answered", inFlight());
    }

    private void select(long waitNanos) throws IOException {
        if (waitNanos < SPIN_NANOS) {
            selector.selectNow(this::ready);
        } else {
            selector.select(this::ready, Math.min(TimeUnit.NANOSECONDS.toMillis(waitNanos) - 1, MAX_WAIT_MILLIS));
        }
    }

    private void ready(SelectionKey key) {
        var connection = (LoadConnection) key.attachment();
        try {
            if (key.isReadable()) connection.read(scratch, tally);
            if (key.isWritable()) connection.flush();
        } catch (IOException | BadResponse e) {
            fail(connection, e);
            return;
        }
        if (sending && arrivals == null) refill(connection);
    }

    private void refill(LoadConnection connection) {
        int count = connection.room() / batch * batch;
        if (count > 0) send(connection, count, System.nanoTime());
    }

    /// Sends what is due as far as there is room; returns how long until there is more to do than to read.
    private long sendDue(Arrivals arrivals, long now) {
        while (!connections.isEmpty()) {
            long due = arrivals.dueNanos(sent);
            if (due - now > 0) return due - now;
            var connection = withRoom();
            if (connection == null) return Long.MAX_VALUE;
            sent += batch;
            send(connection, batch, due);
        }
        return Long.MAX_VALUE;
    }

    private @Nullable LoadConnection withRoom() {
        for (int tried = 0; tried < connections.size(); tried++) {
            cursor = cursor + 1 < connections.size() ? cursor + 1 : 0;
            var connection = connections.get(cursor);
            if (connection.room() >= batch) return connection;
        }
        return null;
    }

    private void send(LoadConnection connection, int count, long nanos) {
        connection.queue(count, nanos);
        try {
            connection.flush();
        } catch (IOException e) {
            fail(connection, e);
        }
    }

    private void fail(LoadConnection connection, Exception e) {
        tally.faults().add(kind(e));
        tally.faults().add("in flight on a connection that failed", connection.inFlight());
        connections.remove(connection);
        close(connection);
    }

    static String kind(Exception e) {
        if (e instanceof BadResponse bad) return bad.kind();
        if (e instanceof EOFException) return "closed by the peer";
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private long inFlight() {
        return connections.stream().mapToLong(LoadConnection::inFlight).sum();
    }

    private void close() {
        connections.forEach(this::close);
        try {
            selector.close();
        } catch (IOException e) {
            tally.faults().add("closing the selector: " + e.getMessage());
        }
    }

    private void close(LoadConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            tally.faults().add("closing: " + e.getMessage());
        }
    }
}
