package io.hawser.hub.chaos;

import java.util.List;
import org.HdrHistogram.Histogram;

/// What another address saw of a server in one span of time, and what became of the flood of it.
///
/// @param isFlooded whether there was a flood
/// @param calls of the other address that were due in it
/// @param failed of them
/// @param p50Nanos of the answers
/// @param p99Nanos of the answers
public record FloodOutcome(
        boolean isFlooded, long calls, long failed, long p50Nanos, long p99Nanos, Flooder.Tally flood) {
    /// What the columns are.
    public static final String HEADING = "%-14s %8s %8s %11s %11s %10s %10s %10s %8s"
            .formatted("", "calls", "failed", "p50", "p99", "flood", "answered", "refused", "cut");

    static FloodOutcome of(boolean isFlooded, List<SteadyCalls.Ended> calls, Flooder.Tally flood) {
        Histogram latencies = new Histogram(3);
        long failed = 0;
        for (SteadyCalls.Ended call : calls) {
            if (call.isGood()) latencies.recordValue(call.nanos());
            else failed++;
        }
        return new FloodOutcome(
                isFlooded,
                calls.size(),
                failed,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                flood);
    }

    /// Whether no call of the other address failed, and a flood was kept out.
    public boolean isRight() {
        return calls > 0 && failed == 0 && (!isFlooded || flood.refused() + flood.cut() > 0);
    }

    /// How much longer the 99th percentile was under floods than without, by the medians of all rounds.
    public static double ratio(List<FloodOutcome> outcomes) {
        return Rounds.ratio(outcomes, FloodOutcome::isFlooded, FloodOutcome::p99Nanos);
    }

    @Override
    public String toString() {
        return "%-14s %,8d %,8d %11s %11s %,10d %,10d %,10d %,8d"
                .formatted(
                        isFlooded ? "flood" : "quiet",
                        calls,
                        failed,
                        Rounds.millis(p50Nanos),
                        Rounds.millis(p99Nanos),
                        flood.opened(),
                        flood.answered(),
                        flood.refused(),
                        flood.cut());
    }
}
