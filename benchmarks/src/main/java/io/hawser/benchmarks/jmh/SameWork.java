package io.hawser.benchmarks.jmh;

/// That ours and a peer's made the same of the same input: without it a time might be that of an error.
public final class SameWork {
    private SameWork() {}

    /// @throws IllegalStateException if they did not, which ends the benchmark
    public static void require(String what, Object ours, Object theirs) {
        if (!ours.equals(theirs)) throw new IllegalStateException(what + ": ours " + ours + ", the peer's " + theirs);
    }
}
