package io.hawser.benchmarks;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What wrk or h2load prints at its end.
///
/// Units: nanoseconds; a latency that a program does not tell is NaN.
record LoadSummary(double perSecond, double p50Nanos, double p99Nanos, long faults) {
    private static final Pattern WRK_RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern WRK_P50 = Pattern.compile("\\s50%\\s+([0-9.]+)(us|ms|s)\\b");
    private static final Pattern WRK_P99 = Pattern.compile("\\s99%\\s+([0-9.]+)(us|ms|s)\\b");
    private static final Pattern WRK_BAD = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");
    private static final Pattern WRK_ERRORS =
            Pattern.compile("Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)");
    private static final Pattern H2_RATE = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");
    private static final Pattern H2_DONE =
            Pattern.compile("([0-9]+) done, [0-9]+ succeeded, ([0-9]+) failed, ([0-9]+) errored, ([0-9]+) timeout");
    private static final Pattern H2_GOOD = Pattern.compile("status codes: ([0-9]+) 2xx");

    static LoadSummary ofWrk(String said) {
        var errors = WRK_ERRORS.matcher(said);
        long faults = errors.find() ? sum(errors.toMatchResult()) : 0;
        var bad = WRK_BAD.matcher(said);
        if (bad.find()) faults += Long.parseLong(bad.group(1));
        return new LoadSummary(rate(said, WRK_RATE), nanos(said, WRK_P50), nanos(said, WRK_P99), faults);
    }

    /// Of latencies it tells the mean and the longest, which are neither median nor 99th percentile.
    static LoadSummary ofH2load(String said) {
        var done = H2_DONE.matcher(said);
        var good = H2_GOOD.matcher(said);
        if (!done.find() || !good.find()) throw new IllegalArgumentException("h2load said something else: " + said);
        long bad = Long.parseLong(done.group(1)) - Long.parseLong(good.group(1));
        long faults =
                bad + Long.parseLong(done.group(2)) + Long.parseLong(done.group(3)) + Long.parseLong(done.group(4));
        return new LoadSummary(rate(said, H2_RATE), Double.NaN, Double.NaN, faults);
    }

    private static double rate(String said, Pattern pattern) {
        var rate = pattern.matcher(said);
        if (!rate.find()) throw new IllegalArgumentException("no rate in: " + said);
        return Double.parseDouble(rate.group(1));
    }

    private static double nanos(String said, Pattern pattern) {
        var found = pattern.matcher(said);
        if (!found.find()) return Double.NaN;
        double scale = switch (found.group(2)) {
            case "us" -> 1e3;
            case "ms" -> 1e6;
            default -> 1e9;
        };
        return Double.parseDouble(found.group(1)) * scale;
    }

    private static long sum(MatchResult found) {
        long sum = 0;
        for (int i = 1; i <= found.groupCount(); i++) sum += Long.parseLong(found.group(i));
        return sum;
    }
}
