package io.hawser.conformance.soak;

/// What is looked at of a process, and how much it may seem to grow over half of a run.
///
/// Some growth is none: garbage that a collection left for later, buffers kept for reuse, connections that
/// happen to be open. It is allowed up to a share of what there is, and up to a floor where that is little.
enum Measure {
    HEAP("live heap", "MiB", 4, 0.05),
    DIRECT("direct memory", "MiB", 8, 0.10),
    RESIDENT("resident memory", "MiB", 16, 0.05),
    THREADS("threads", "", 3, 0.05),
    DESCRIPTORS("descriptors", "", 16, 0.10);

    private final String title;
    private final String unit;
    private final double floor;
    private final double share;

    Measure(String title, String unit, double floor, double share) {
        this.title = title;
        this.unit = unit;
        this.floor = floor;
        this.share = share;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    /// The most that it may grow.
    double tolerance(double usual) {
        return Math.max(floor, share * usual);
    }
}
