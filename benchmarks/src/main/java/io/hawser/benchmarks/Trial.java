package io.hawser.benchmarks;

import io.hawser.hub.bench.LoadReport;
import java.util.Map;

/// What one load on one server gave.
///
/// @param count how many messages, or whatever the row counts, the sample is of
/// @param faults everything that went wrong, warm-up included, by kind
record Trial(Sample sample, long count, Map<String, Long> faults) {

    static Trial of(LoadReport report) {
        return new Trial(Sample.of(report), report.messages(), report.faults());
    }
}
