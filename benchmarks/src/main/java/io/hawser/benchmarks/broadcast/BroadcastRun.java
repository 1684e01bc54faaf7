package io.hawser.benchmarks.broadcast;

import io.hawser.hub.bench.ProcessCpu;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Connects a publisher and the subscribers, publishes for a time, and waits for what is under way.
///
/// Thread: one.
public final class BroadcastRun implements AutoCloseable {
    private static final int READ_BYTES = 256 * 1024;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long TICK_MILLIS = 100;
    /// A server may count a client among its own a moment after it has answered the upgrade.
    private static final Duration SETTLE = Duration.ofMillis(300);

    private final Dialect dialect;
    private final long serverPid;
    private final Ledger ledger;
    private final Selector selector;
    private final SocketChannel publisher;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final Map<String, Long> faults = new TreeMap<>();

    private BroadcastRun(Dialect dialect, long serverPid, BroadcastLoad load, Selector selector, Doorman doorman)
            throws IOException {
        this.dialect = dialect;
        this.serverPid = serverPid;
        this.ledger = new Ledger(load);
        this.selector = selector;
        try {
            for (int i = 0; i < load.subscribers(); i++) register(doorman.bring(dialect.subscriber(), false), true);
            if (load.isStalled()) {
                channels.add(doorman.bring(dialect.subscriber(), true).channel());
            }
            var guest = doorman.bring(dialect.publisher(), false);
            publisher = guest.channel();
            register(guest, false);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Connects all.
    public static BroadcastRun connect(Dialect dialect, InetSocketAddress server, long serverPid, BroadcastLoad load)
            throws IOException {
        return new BroadcastRun(dialect, serverPid, load, Selector.open(), new Doorman(server));
    }

    /// One client: what it waits for next, if it is a subscriber.
    private final class Client implements Frames.Sink {
        private final SocketChannel channel;
        private final Frames frames;
        private final boolean isSubscriber;
        private long expected;
        private long now;

        Client(Doorman.Guest guest, boolean isSubscriber) {
            this.channel = guest.channel();
            this.frames = guest.frames();
            this.isSubscriber = isSubscriber;
        }

        void read() throws IOException {
            frames.restore(in);
            if (channel.read(in) < 0) throw new EOFException("closed by the server");
            now = System.nanoTime();
            frames.cut(in, this);
        }

        @Override
        public void frame(int opcode, ByteBuffer bytes, int from, int to) throws BroadcastFailed {
            if (opcode == Frames.CLOSE) throw new BroadcastFailed("closed by a close frame");
            long number = opcode == Frames.TEXT && isSubscriber ? Ledger.number(bytes, from, to) : -1;
            if (number < 0) return;
            ledger.delivered(expected, number, now);
            expected = number + 1;
        }
    }

    private void register(Doorman.Guest guest, boolean isSubscriber) throws IOException {
        channels.add(guest.channel());
        guest.channel().configureBlocking(false);
        guest.channel().register(selector, SelectionKey.OP_READ, new Client(guest, isSubscriber));
    }

    /// Publishes for `warmup` and `duration`; what goes wrong is in the report.
    public BroadcastReport run(Duration warmup, Duration duration) throws IOException, InterruptedException {
        Thread.sleep(SETTLE);
        long from = System.nanoTime() + warmup.toNanos();
        publishUntil(from);
        long end = System.nanoTime() + duration.toNanos();
        var before = Cpu.now(serverPid);
        ledger.measure(System.nanoTime(), end);
        publishUntil(end);
        var used = Cpu.now(serverPid).since(before);
        drain();
        fault("passed over", ledger.passedOver());
        fault("not delivered", ledger.outstanding());
        return new BroadcastReport(
                ledger.delivered(), ledger.latency(), used.wallNanos(), used.serverNanos(), used.clientNanos(), faults);
    }

    private record Cpu(long wallNanos, long serverNanos, long clientNanos) {
        static Cpu now(long serverPid) {
            return new Cpu(
                    System.nanoTime(),
                    ProcessCpu.usedNanos(serverPid).orElse(0),
                    ProcessCpu.usedNanos(ProcessHandle.current().pid()).orElse(0));
        }

        Cpu since(Cpu earlier) {
            return new Cpu(
                    wallNanos - earlier.wallNanos,
                    serverNanos - earlier.serverNanos,
                    clientNanos - earlier.clientNanos);
        }
    }

    private void publishUntil(long moment) throws IOException, InterruptedException {
        while (System.nanoTime() - moment < 0 && selector.keys().size() > 1) {
            if (Thread.interrupted()) throw new InterruptedException();
            while (ledger.hasRoom()) publish();
            selector.select(this::ready, TICK_MILLIS);
        }
    }

    private void publish() throws IOException {
        var frame = Frames.text(dialect.before() + ledger.publish(System.nanoTime()) + dialect.after());
        publisher.write(frame);
        // The window is far below what a socket takes.
        if (frame.hasRemaining()) throw new BroadcastFailed("the server does not read what is published");
    }

    private void drain() throws IOException {
        long until = System.nanoTime() + DRAIN_NANOS;
        while (ledger.underWay() > 0 && System.nanoTime() - until < 0) selector.select(this::ready, TICK_MILLIS);
    }

    private void ready(SelectionKey key) {
        try {
            ((Client) key.attachment()).read();
        } catch (IOException e) {
            fault(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), 1);
            key.cancel();
        }
    }

    private void fault(String kind, long count) {
        if (count > 0) faults.merge(kind, count, Long::sum);
    }

    @Override
    public void close() throws IOException {
        for (var channel : channels) channel.close();
        selector.close();
    }
}
