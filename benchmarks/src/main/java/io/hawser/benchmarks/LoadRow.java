package io.hawser.benchmarks;

import java.io.IOException;
import java.time.Duration;

/// A row whose servers take turns under a load, round after round.
non-sealed interface LoadRow extends Row {
    /// For the head of its table.
    String title();

    /// What is counted, in the singular.
    default String unit() {
        return "message";
    }

    /// How many times the usual processor time a server needs under this load before its code is compiled.
    default int warmUps() {
        return 1;
    }

    /// Puts `server` under the load once. What goes wrong is in the trial; an exception ends the comparison.
    ///
    /// @param warmup how long the load runs before it is measured
    Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException;
}
