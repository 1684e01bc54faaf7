package io.hawser.hub.chaos;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/// What the callers of a gateway saw of one fault.
///
/// @param calls from the beginning of the fault until all were well again
/// @param failed of them
/// @param attempts that reached the servers, or their relays
/// @param recovered from the end of the fault until every call was answered; negative if that was not waited
///     for
/// @param p99Nanos of the answers to calls that began during the fault; 0 if there were none
/// @param healthyNanos the same of no fault
public record GatewayOutcome(
        GatewayFault fault,
        long calls,
        long failed,
        long attempts,
        Duration recovered,
        long p99Nanos,
        long healthyNanos) {
    /// What the columns are.
    public static final String HEADING = "%-30s %8s %8s %14s %12s %11s %12s"
            .formatted("fault", "calls", "failed", "attempts/call", "recovered", "p99", "of healthy");

    private static final double MOST_ATTEMPTS = 1.1;
    /// Those that a full budget allows at once, whatever the number of calls is.
    private static final int RETRIES_AT_ONCE = 40;

    private static final Duration MOST_RECOVERY = Duration.ofSeconds(10);

    static long p99(List<SteadyCalls.Ended> calls) {
        Histogram latencies = new Histogram(3);
        for (SteadyCalls.Ended call : calls) if (call.isGood()) latencies.recordValue(call.nanos());
        return latencies.getTotalCount() == 0 ? 0 : latencies.getValueAtPercentile(99);
    }

    /// Whether all that is promised was kept: where some servers are well no call fails, a dying upstream is
    /// not hammered, and all is well within ten seconds of its return.
    public boolean isRight() {
        return (fault.isTotal() || failed == 0)
                && attempts < MOST_ATTEMPTS * calls + RETRIES_AT_ONCE
                && !recovered.isNegative()
                && recovered.compareTo(MOST_RECOVERY) <= 0;
    }

    @Override
    public String toString() {
        String again = recovered.isNegative() ? "never" : "%.2f s".formatted(recovered.toMillis() / 1e3);
        String latency = p99Nanos == 0 ? "-" : "%.2f ms".formatted(p99Nanos / 1e6);
        String times = p99Nanos == 0 || healthyNanos == 0 ? "-" : "%.1f x".formatted((double) p99Nanos / healthyNanos);
        return "%-30s %,8d %,8d %14.3f %12s %11s %12s"
                .formatted(fault.title(), calls, failed, (double) attempts / calls, again, latency, times);
    }
}
