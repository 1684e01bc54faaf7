package io.hawser;

/// What a drain finished within its grace, and what it cut short when the grace ended.
///
/// @param completed what was pending when the drain began and finished
/// @param cut what was pending when the drain began and was given up: never begun, or interrupted
public record DrainReport(long completed, long cut) {
    public DrainReport {
        if (completed < 0) throw new IllegalArgumentException("completed is " + completed + ", below 0");
        if (cut < 0) throw new IllegalArgumentException("cut is " + cut + ", below 0");
    }

    /// Whether nothing was cut.
    public boolean isComplete() {
        return cut == 0;
    }
}
