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
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long GATHER_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /// Below this a selector, which waits in whole milliseconds, is asked again at once.
    private static final long SPIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final BroadcastLoad load;
    private final long serverPid;
    private final Ledger ledger;
    private final Selector selector;
    private final Doorman doorman;
    private final Dialect dialect;
    private final Publisher publisher;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final Map<String, Long> faults = new TreeMap<>();
    private int reached;
    private long passedOver;

    private BroadcastRun(Dialect dialect, long serverPid, BroadcastLoad load, Selector selector, Doorman doorman)
            throws IOException {
        this.load = load;
        this.serverPid = serverPid;
        this.ledger = new Ledger(load);
        this.selector = selector;
        this.doorman = doorman;
        this.dialect = dialect;
        try {
            for (int i = 0; i < load.subscribers(); i++) register(doorman.bring(dialect.subscriber(), false), true);
            var guest = doorman.bring(dialect.publisher(), false);
            publisher = new Publisher(guest.channel(), dialect);
            register(guest, false);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Connects all.
    public static BroadcastRun connect(Dialect dialect, InetSocketAddress server, long serverPid, BroadcastLoad load)
            throws IOException {
        return new BroadcastRun(dialect, serverPid, load, Selector.open(), new Doorman(server, dialect.wire()));
    }

    /// One client: what it waits for next, if it is a subscriber.
    private final class Client implements Wire.Sink {
        private final SocketChannel channel;
        private final Frames frames;
        private final boolean isSubscriber;
        private boolean isReached;
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
        public void text(ByteBuffer bytes, int from, int to) throws BroadcastFailed {
            if (!isSubscriber) return;
            long number = Ledger.number(bytes, from, to);
            if (number >= 0) {
                ledger.delivered(expected, number, now);
                expected = number + 1;
            } else if (!isReached && Publisher.isCall(bytes, from, to)) {
                isReached = true;
                reached++;
            }
        }

        @Override
        public void asked(ByteBuffer answer) throws IOException {
            channel.write(answer);
        }
    }

    private void register(Doorman.Guest guest, boolean isSubscriber) throws IOException {
        channels.add(guest.channel());
        guest.channel().configureBlocking(false);
        guest.channel().register(selector, SelectionKey.OP_READ, new Client(guest, isSubscriber));
    }

    /// One more subscriber, who does not read, until it is closed.
    public StalledReader stall() throws IOException, InterruptedException {
        return StalledReader.of(doorman.bring(dialect.subscriber(), true).channel());
    }

    /// Publishes for `warmup` and `duration`; what goes wrong meanwhile is in the report. May be called again.
    public BroadcastReport run(Duration warmup, Duration duration) throws IOException, InterruptedException {
        gather();
        long start = System.nanoTime();
        long from = start + warmup.toNanos();
        long end = from + duration.toNanos();
        var pace = new Pace(ledger, start, load.ratePerSecond());
        publishUntil(pace, from);
        var before = Cpu.now(serverPid);
        ledger.measure(from, end);
        publishUntil(pace, end);
        var used = Cpu.now(serverPid).since(before);
        drain();
        fault("passed over", ledger.passedOver() - passedOver);
        passedOver = ledger.passedOver();
        fault("not delivered", ledger.outstanding());
        // Else it would count in the next run, too.
        ledger.forget();
        fault("due and not published", pace.missed(end));
        var report = new BroadcastReport(
                ledger.delivered(), ledger.latency(), used.wallNanos(), used.serverNanos(), used.clientNanos(), faults);
        faults.clear();
        return report;
    }

    /// Calls until every subscriber has heard it: a server may count a client among its own a moment after
    /// it has welcomed it.
    private void gather() throws IOException, InterruptedException {
        long until = System.nanoTime() + GATHER_NANOS;
        for (long pause = FIRST_PAUSE_NANOS; reached < load.subscribers(); pause *= 2) {
            if (System.nanoTime() - until > 0) {
                throw new BroadcastFailed(load.subscribers() - reached + " subscribers hear nothing");
            }
            publisher.call();
            long next = System.nanoTime() + pause;
            while (reached < load.subscribers() && System.nanoTime() - next < 0) {
                select(Math.min(next - System.nanoTime(), TICK_NANOS));
                if (!faults.isEmpty()) throw new BroadcastFailed(String.join(", ", faults.keySet()));
            }
        }
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

    private void publishUntil(Pace pace, long moment) throws IOException, InterruptedException {
        for (long now = System.nanoTime(); now - moment < 0 && selector.keys().size() > 1; now = System.nanoTime()) {
            for (var text = pace.next(now); text != null; text = pace.next(now)) publisher.publish(text);
            select(Math.min(pace.nanosToNext(now), Math.min(moment - now, TICK_NANOS)));
        }
    }

    private void drain() throws IOException, InterruptedException {
        long until = System.nanoTime() + DRAIN_NANOS;
        while (ledger.underWay() > 0 && System.nanoTime() - until < 0) select(TICK_NANOS);
    }

    private void select(long nanos) throws IOException, InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        if (nanos < SPIN_NANOS) selector.selectNow(this::ready);
        else selector.select(this::ready, TimeUnit.NANOSECONDS.toMillis(nanos) - 1);
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
