package io.hawser.benchmarks;

import java.io.IOException;
import java.time.Duration;

/// A row of latencies at a rate that is the same for all servers.
///
/// @param load what is sent
/// @param perSecond of what the row counts
record RateRow(String name, PacedRow load, long perSecond) implements LoadRow {
    @Override
    public String title() {
        return load.title() + "; latency at " + Cells.number((double) perSecond, 0) + " " + Cells.plural(unit())
                + " a second";
    }

    @Override
    public String unit() {
        return load.unit();
    }

    @Override
    public int warmUps() {
        return load.warmUps();
    }

    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        return load.runAt(perSecond, server, warmup, duration);
    }
}
