package io.hawser.hub.chaos;

import io.hawser.hub.Paced;
import java.time.Duration;

/// What the next hub saw of the clients of one that has gone.
///
/// @param away how many did not come back, or got nothing any more
/// @param down from the end of one hub's process, or of its drain, until the next was ready
/// @param back from then until all clients had a session
/// @param perSecond the most sessions that began within any second
/// @param perTenth the most within any tenth of a second
public record StormOutcome(
        StormFault fault, long away, Duration down, Duration back, long perSecond, long perTenth, Seen seen) {
    /// What the columns are.
    public static final String HEADING = "%-20s %9s %9s %11s %11s %11s %8s %6s %8s"
            .formatted(
                    "hub", "down", "all back", "most in 1 s", "in 100 ms", "delivered", "missing", "twice", "resyncs");

    /// Whether everyone is back, nothing was lost silently or came twice, and after a drain no more came in a
    /// second than a drain closes.
    public boolean isRight() {
        boolean isPaced = fault != StormFault.DRAINED || perSecond <= Paced.PER_SECOND;
        return away == 0 && isPaced && seen.isRight();
    }

    @Override
    public String toString() {
        return "%-20s %7.1f s %7.1f s %,11d %,11d %,11d %,8d %,6d %,8d%s"
                .formatted(
                        fault.title(),
                        down.toMillis() / 1e3,
                        back.toMillis() / 1e3,
                        perSecond,
                        perTenth,
                        seen.delivered(),
                        seen.holes(),
                        seen.duplicates(),
                        seen.resyncs(),
                        away == 0 ? "" : "  " + away + " clients are not back");
    }
}
