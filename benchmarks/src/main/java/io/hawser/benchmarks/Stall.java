package io.hawser.benchmarks;

import io.hawser.benchmarks.broadcast.BroadcastReport;
import io.hawser.benchmarks.broadcast.BroadcastRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/// How long a text takes to all who read, without and with one more who does not: an open loop at about half of
/// the highest rate that the server has shown, on the same connections, before he comes, while he stands still,
/// and when he has gone. The difference between the first and the last is the noise.
///
/// One server after the other: each is compared with itself.
final class Stall {
    private static final Duration LEAD_IN = Duration.ofMillis(500);
    private static final Duration SEARCH = Duration.ofSeconds(2);
    private static final int SHARE = 2;

    private final Workbench bench;
    private final StallRow row;
    private final int rounds;
    private final Duration warmup;
    private final Duration duration;
    private final Consumer<String> log;

    /// The 99th percentiles of one round, in microseconds.
    ///
    /// @param isHeldBack whether the server stopped reading the one who did not read
    record Round(double before, double stalled, double after, boolean isHeldBack) {
        /// To the mean of before and after.
        double ratio() {
            return 2 * stalled / (before + after);
        }

        double noise() {
            return after / before;
        }
    }

    /// What one server showed.
    ///
    /// @param perSecond deliveries that were offered
    record Result(String peer, long perSecond, List<Round> rounds, Map<String, Long> faults) {
        Spread spread(ToDoubleFunction<Round> figure) {
            return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
        }
    }

    Stall(Workbench bench, StallRow row, int rounds, Duration warmup, Duration duration, Consumer<String> log) {
        this.bench = bench;
        this.row = row;
        this.rounds = rounds;
        this.warmup = warmup;
        this.duration = duration;
        this.log = log;
    }

    /// A server that fails is a result, too.
    Result measure(Peer peer) throws InterruptedException {
        var taken = new ArrayList<Round>();
        var faults = new TreeMap<String, Long>();
        long perSecond = 0;
        try (var process = PeerProcess.start(peer, bench.serverPinning())) {
            long publications = half(process, faults);
            perSecond = publications * row.load().load().subscribers();
            for (int i = 1; i <= rounds; i++) {
                var round = round(publications, process, faults);
                log.accept("%s round %d of %d, %s: p99 %,.0f us, %,.0f with one who does not read, %,.0f without him"
                        .formatted(row.name(), i, rounds, peer.name(), round.before(), round.stalled(), round.after()));
                taken.add(round);
            }
        } catch (IOException e) {
            // What an interrupt does to a socket looks like a failure of the peer.
            if (Thread.interrupted()) throw new InterruptedException();
            log.accept(row.name() + ", " + peer.name() + " is out: " + e.getMessage());
            faults.merge(Cells.reason(e), 1L, Long::sum);
        }
        return new Result(peer.name(), perSecond, taken, faults);
    }

    /// Half of the publications a second that a warm server takes at most.
    private long half(PeerProcess process, Map<String, Long> faults) throws IOException, InterruptedException {
        var contestant = new Contestant(row.load(), process, faults);
        contestant.warmUp(warmup);
        var found = contestant.sample(Duration.ZERO, SEARCH);
        // Half of nothing would be measured, and be without a fault.
        if (found.messagesPerSecond() == 0) throw new IOException("no delivery while its highest rate was looked for");
        return Math.max(
                1, Math.round(found.messagesPerSecond() / row.load().load().subscribers() / SHARE));
    }

    private Round round(long publications, PeerProcess process, Map<String, Long> faults)
            throws IOException, InterruptedException {
        var dialect = BroadcastPeers.dialect(process.peer());
        var load = row.load().load().at(publications);
        try (var run = BroadcastRun.connect(dialect, process.address(), process.pid(), load)) {
            double before = p99(run, faults);
            double stalled;
            boolean isHeldBack;
            try (var reader = run.stall()) {
                isHeldBack = reader.isHeldBack();
                stalled = p99(run, faults);
            }
            double after = p99(run, faults);
            process.checkAlive();
            return new Round(before, stalled, after, isHeldBack);
        }
    }

    private double p99(BroadcastRun run, Map<String, Long> faults) throws IOException, InterruptedException {
        BroadcastReport report = run.run(LEAD_IN, duration);
        report.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        if (report.latency().getTotalCount() == 0) faults.merge("nothing came in time", 1L, Long::sum);
        return report.latencyMicros(99);
    }
}
