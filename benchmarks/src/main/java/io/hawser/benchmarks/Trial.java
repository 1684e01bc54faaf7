package io.hawser.benchmarks;

import io.hawser.hub.bench.LoadReport;
import java.util.Map;
import java.util.TreeMap;

/// What one load on one server gave.
///
/// @param count how many messages, or whatever the row counts, the sample is of
/// @param faults everything that went wrong, warm-up included, by kind
record Trial(Sample sample, long count, Map<String, Long> faults) {

    /// What was due and never sent would be missing among the latencies, so it is a fault.
    static Trial of(LoadReport report) {
        var faults = new TreeMap<>(report.faults());
        if (report.unsent() > 0) faults.put("due and not sent", report.unsent());
        return new Trial(Sample.of(report), report.messages(), faults);
    }
}
