package io.hawser.tick;

import java.time.Duration;

/// What a ticker has done, at one moment; what a forked one has done as its process last reported.
///
/// @param ticks how many have ended, those that threw included
/// @param failed how many threw
/// @param missed how many were left out because another one still ran at their time
/// @param restarts how often the process of a forked ticker has been started anew; 0 for one in this process
/// @param busy the time that all of them took together
/// @param longest the time of the longest
/// @param late how long after its planned time the last one began
/// @param latest how long after its planned time any of them began
public record TickerStats(
        long ticks,
        long failed,
        long missed,
        long restarts,
        Duration busy,
        Duration longest,
        Duration late,
        Duration latest) {
    /// Of a ticker that has not ticked.
    public static TickerStats none() {
        return new TickerStats(0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
