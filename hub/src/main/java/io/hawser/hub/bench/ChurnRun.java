package io.hawser.hub.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Opens a connection, has it answered once, closes it and opens the next: as many at a time as asked, for
/// as long.
///
/// What its report counts as messages are connections; a latency is from the attempt to connect to the
/// answer.
///
/// Thread: one.
public final class ChurnRun {
    private static final int READ_BYTES = 64 * 1024;
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long TICK_MILLIS = 100;

    private final Protocol protocol;
    private final InetSocketAddress target;
    private final LoadConfig config;
    private final OptionalLong serverPid;
    private final Dialer dialer;
    private final Requests requests;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(READ_BYTES);
    private final Set<HeldConnection> open = new HashSet<>();
    private final Faults faults = new Faults();
    private final CourseLog course = new CourseLog();

    /// @param config its connections are those at a time; the window, the batch and the threads are 1
    public ChurnRun(Protocol protocol, InetSocketAddress target, LoadConfig config, OptionalLong serverPid) {
        this.protocol = protocol;
        this.target = target;
        this.config = config;
        this.serverPid = serverPid;
        this.dialer = new Dialer(target, 1);
        this.requests = new Requests(protocol, 1);
    }

    /// Runs to the end; faults of the network are counted in the report, not thrown.
    public LoadReport run(Progress progress) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long from = start + config.warmup().toNanos();
        long end = from + config.duration().toNanos();
        var tally = new Tally(from, end);
        try (var selector = Selector.open()) {
            turn(selector, tally, progress, start, from);
            var before = CpuUse.now(serverPid);
            turn(selector, tally, progress, start, end);
            var cpu = CpuUse.now(serverPid).since(before);
            for (var connection : Set.copyOf(open)) close(connection);
            return report(tally, cpu);
        }
    }

    /// Until `moment`.
    private void turn(Selector selector, Tally tally, Progress progress, long start, long moment)
            throws IOException, InterruptedException {
        while (System.nanoTime() - moment < 0) {
            if (Thread.interrupted()) throw new InterruptedException();
            int missing = config.connections() - open.size();
            for (int i = 0; i < missing; i++) begin(selector);
            selector.select(key -> ready(key, tally), TICK_MILLIS);
            long now = System.nanoTime();
            for (var connection : Set.copyOf(open)) {
                if (now - connection.dueNanos() > ANSWER_NANOS) fail(connection, "no answer within 10 s");
            }
            course.note(now - start, tally.answeredSoFar());
            progress.at(Duration.ofNanos(now - start), tally.answeredSoFar());
        }
    }

    private void begin(Selector selector) {
        try {
            var channel = dialer.begin();
            var key = channel.register(selector, 0);
            var greeting = new Greeting(protocol.greeting());
            var connection =
                    new HeldConnection(channel, key, greeting, requests, protocol.responses(), System.nanoTime());
            key.attach(connection);
            open.add(connection);
            try {
                connection.begin();
            } catch (IOException e) {
                fail(connection, LoadLoop.kind(e));
            }
        } catch (IOException e) {
            faults.add("connect: " + LoadLoop.kind(e));
        }
    }

    private void ready(SelectionKey key, Tally tally) {
        var connection = (HeldConnection) key.attachment();
        try {
            connection.proceed(scratch);
        } catch (IOException | BadResponse e) {
            fail(connection, LoadLoop.kind(e));
            return;
        }
        if (!connection.answered()) return;
        tally.answers(1, connection.dueNanos(), System.nanoTime());
        close(connection);
    }

    private void fail(HeldConnection connection, String kind) {
        faults.add(kind);
        close(connection);
    }

    private void close(HeldConnection connection) {
        open.remove(connection);
        try {
            connection.close();
        } catch (IOException e) {
            faults.add("closing: " + LoadLoop.kind(e));
        }
    }

    private LoadReport report(Tally tally, CpuUse cpu) {
        faults.add(tally.faults());
        return new LoadReport(
                protocol.name(),
                target.getHostString() + ":" + target.getPort(),
                config,
                config.connections(),
                tally.measured(),
                protocol.requestBytes(),
                Percentiles.of(tally.latency()),
                Distribution.of(tally.latency()),
                course.course(),
                0,
                cpu,
                faults.counts());
    }
}
