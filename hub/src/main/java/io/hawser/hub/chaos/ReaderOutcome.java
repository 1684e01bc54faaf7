package io.hawser.hub.chaos;

import java.util.List;
import org.HdrHistogram.Histogram;

/// What the readers of a hub saw in one round.
///
/// @param isStill whether one of them stood still
/// @param slow what that one saw, in the round or when it read on
/// @param told how many live messages it lost, and was told of
/// @param behind how many readers did not get everything, or a word of it
/// @param queuedBytes the most that waited for the one in the queue of its connection
public record ReaderOutcome(boolean isStill, Others others, Seen slow, long told, long behind, long queuedBytes) {
    /// What the columns are.
    public static final String HEADING = "%-17s %11s %11s %11s %8s %12s %10s %10s %8s %8s %8s"
            .formatted(
                    "",
                    "p50",
                    "p99",
                    "delivered",
                    "missing",
                    "its queue",
                    "it got",
                    "told lost",
                    "not told",
                    "twice",
                    "resyncs");

    /// What all but the one saw.
    ///
    /// @param missed or got twice, whether they were told or not
    /// @param p50Nanos from a publication until they had it
    /// @param p99Nanos the same
    public record Others(long delivered, long missed, long p50Nanos, long p99Nanos) {
        /// @param lost what they were told of
        static Others of(Seen seen, long lost, Histogram latencies) {
            return new Others(
                    seen.delivered(),
                    seen.holes() + seen.duplicates() + seen.resyncs() + lost,
                    latencies.getValueAtPercentile(50),
                    latencies.getValueAtPercentile(99));
        }
    }

    /// Whether no other missed anything, the queue of the one stayed within its bound, and the one got
    /// everything or was told what it lost. Where it stood still it must have lost some: else its socket
    /// was never full.
    public boolean isRight() {
        return behind == 0
                && others.delivered() > 0
                && others.missed() == 0
                && slow.isRight()
                && queuedBytes <= ReaderScene.MOST_QUEUED_BYTES
                && (told > 0 || !isStill);
    }

    /// How much longer the 99th percentile was while one stood still, by the medians of all rounds.
    public static double ratio(List<ReaderOutcome> outcomes) {
        return Rounds.ratio(outcomes, ReaderOutcome::isStill, outcome -> outcome.others.p99Nanos());
    }

    @Override
    public String toString() {
        return "%-17s %11s %11s %,11d %,8d %,8d KiB %,10d %,10d %,8d %,8d %,8d%s"
                .formatted(
                        isStill ? "one stands still" : "all read",
                        Rounds.millis(others.p50Nanos()),
                        Rounds.millis(others.p99Nanos()),
                        others.delivered(),
                        others.missed(),
                        queuedBytes >> 10,
                        slow.delivered(),
                        told,
                        slow.holes(),
                        slow.duplicates(),
                        slow.resyncs(),
                        behind == 0 ? "" : "  " + behind + " readers are behind");
    }
}
