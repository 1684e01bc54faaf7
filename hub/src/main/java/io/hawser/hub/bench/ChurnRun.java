package io.hawser.hub.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/// Opens a connection, has it answered once, closes it and opens the next: as many at a time as asked, for
/// as long.
///
/// What its report counts as messages are connections; a latency is from the attempt to connect to the
/// answer.
///
/// Thread: one.
public final class ChurnRun {
    private static final long TICK_MILLIS = 100;

    private final Protocol protocol;
    private final InetSocketAddress target;
    private final LoadConfig config;
    private final OptionalLong serverPid;
    private final Set<HeldConnection> open = new HashSet<>();
    private final Faults faults = new Faults();
    private final CourseLog course = new CourseLog();

    /// @param config its connections are those at a time; the window, the batch and the threads are 1
    public ChurnRun(Protocol protocol, InetSocketAddress target, LoadConfig config, OptionalLong serverPid) {
        this.protocol = protocol;
        this.target = target;
        this.config = config;
        this.serverPid = serverPid;
    }

    /// Runs to the end; faults of the network are counted in the report, not thrown.
    public LoadReport run(Progress progress) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long from = start + config.warmup().toNanos();
        long end = from + config.duration().toNanos();
        var tally = new Tally(from, end);
        try (var selector = Selector.open()) {
            var connections =
                    new AskedConnections(protocol, new Dialer(target, 1), selector, faults, new Churning(tally));
            turn(connections, tally, progress, start, from);
            var before = CpuUse.now(serverPid);
            turn(connections, tally, progress, start, end);
            var cpu = CpuUse.now(serverPid).since(before);
            open.forEach(connections::close);
            return report(tally, cpu);
        }
    }

    private final class Churning implements AskedConnections.Owner {
        private final Tally tally;

        private Churning(Tally tally) {
            this.tally = tally;
        }

        @Override
        public void begun(HeldConnection connection) {
            open.add(connection);
        }

        @Override
        public boolean answered(HeldConnection connection) {
            tally.answers(1, connection.dueNanos(), System.nanoTime());
            open.remove(connection);
            return false;
        }

        @Override
        public String failed(HeldConnection connection, String kind) {
            open.remove(connection);
            return kind;
        }
    }

    /// Until `moment`.
    private void turn(AskedConnections connections, Tally tally, Progress progress, long start, long moment)
            throws IOException, InterruptedException {
        while (System.nanoTime() - moment < 0) {
            if (Thread.interrupted()) throw new InterruptedException();
            int missing = config.connections() - open.size();
            for (int i = 0; i < missing; i++) connections.begin(System.nanoTime());
            connections.select(TICK_MILLIS);
            long now = System.nanoTime();
            for (var connection : Set.copyOf(open)) {
                if (connection.isOverdue(now)) connections.fail(connection, HeldConnection.NO_ANSWER);
            }
            course.note(now - start, tally.answeredSoFar());
            progress.at(Duration.ofNanos(now - start), tally.answeredSoFar());
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
