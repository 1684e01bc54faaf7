package io.hawser.benchmarks;

import java.io.IOException;
import java.time.Duration;

/// A row whose load can be made at a rate, too: an open loop, in which a latency counts from when its message
/// was due, so that a server that stalls is charged for all that was due meanwhile.
interface PacedRow extends LoadRow {
    /// As [#run], at a rate.
    ///
    /// @param perSecond of what the row counts
    Trial runAt(long perSecond, PeerProcess server, Duration warmup, Duration duration)
            throws IOException, InterruptedException;
}
