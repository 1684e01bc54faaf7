package io.hawser.conformance.soak;

import java.io.IOException;

/// The fewest descriptors that a process had between two samples. How many are open at one moment depends on
/// how many connections a bad network has just left half open; what leaks is among the fewest, too.
///
/// Thread: one at a time.
final class FewestDescriptors {
    private final long pid;
    private double fewest = Double.POSITIVE_INFINITY;

    FewestDescriptors(long pid) {
        this.pid = pid;
    }

    /// Sees nothing of a process that has just ended: who waits for it will say so.
    void look() {
        try {
            double now = OpenDescriptors.of(pid);
            if (now < fewest) fewest = now;
        } catch (IOException ended) {
            // Nothing to see.
        }
    }

    /// Takes what was seen since the last call into `vitals`.
    Vitals into(Vitals vitals) {
        double seen = Math.min(fewest, vitals.of(Measure.DESCRIPTORS));
        fewest = Double.POSITIVE_INFINITY;
        return vitals.with(Measure.DESCRIPTORS, seen);
    }
}
