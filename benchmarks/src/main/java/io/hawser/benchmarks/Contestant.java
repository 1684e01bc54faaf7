package io.hawser.benchmarks;

import io.hawser.hub.bench.ProcessCpu;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// One server in one row: all loads on it, and whatever went wrong in any of them.
///
/// Errors: an IOException of a load, or the end of the server's process, ends its part in the row.
record Contestant(LoadRow row, PeerProcess process, Map<String, Long> faults) implements AutoCloseable {
    private static final int MAX_WARM_UPS = 4;
    private static final Duration ALLOCATION_RUN = Duration.ofSeconds(1);

    Contestant(LoadRow row, PeerProcess process) {
        this(row, process, new TreeMap<>());
    }

    boolean isJava() {
        return process.peer().java();
    }

    private Trial run(Duration warmup, Duration duration) throws IOException, InterruptedException {
        var trial = row.run(process, warmup, duration);
        // Else what an interrupt broke would count as the server's.
        if (Thread.interrupted()) throw new InterruptedException();
        trial.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        process.checkAlive();
        return trial;
    }

    /// Loads the server until it has had `warmup` of processor time: wall time compiles nothing where
    /// others take the core. One that idles beside its clients is given up on after some such times.
    void warmUp(Duration warmup) throws IOException, InterruptedException {
        long enough = ProcessCpu.usedNanos(process.pid()).orElse(0) + warmup.toNanos() * row.warmUps();
        for (int i = 0; i < MAX_WARM_UPS * row.warmUps(); i++) {
            run(Duration.ZERO, warmup);
            if (ProcessCpu.usedNanos(process.pid()).orElse(enough) >= enough) return;
        }
    }

    Sample sample(Duration warmup, Duration duration) throws IOException, InterruptedException {
        var before = OtherLoad.now(process.pid());
        var trial = run(warmup, duration);
        return trial.sample().withOtherCores(OtherLoad.now(process.pid()).coresSince(before));
    }

    /// A run of its own, so that asking does not disturb what is timed.
    double allocatedPerMessage() throws InterruptedException {
        try {
            long before = Jcmd.allocatedBytes(process.pid());
            var trial = run(Duration.ZERO, ALLOCATION_RUN);
            long bytes = Jcmd.allocatedBytes(process.pid()) - before;
            return trial.count() == 0 ? Double.NaN : (double) bytes / trial.count();
        } catch (IOException e) {
            if (Thread.interrupted()) throw new InterruptedException();
            faults.merge("could not be asked what it allocates", 1L, Long::sum);
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
