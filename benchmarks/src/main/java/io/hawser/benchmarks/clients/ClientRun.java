package io.hawser.benchmarks.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;

/// Virtual threads that call one after the other, for a time.
public final class ClientRun {
    private static final int OK = 200;
    private static final int DIGITS = 3;

    private final Caller caller;
    private final int threads;
    private final Duration warmup;
    private final Duration duration;
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicLong shown = new AtomicLong();
    private final ConcurrentHistogram latency = new ConcurrentHistogram(DIGITS);

    /// What came of it.
    ///
    /// @param answered within the measured time, with 200
    /// @param failed from the start to the end
    /// @param peakHeapBytes the most that was in use when it was looked at, every 100 ms
    public record Result(
            long answered,
            long failed,
            long wallNanos,
            long cpuNanos,
            long p50Nanos,
            long p99Nanos,
            long maxNanos,
            long peakHeapBytes) {
        String toLine() {
            return answered + " " + failed + " " + wallNanos + " " + cpuNanos + " " + p50Nanos + " " + p99Nanos + " "
                    + maxNanos + " " + peakHeapBytes;
        }

        /// Reads a line of it.
        public static Result of(String line) {
            var n = List.of(line.strip().split(" ", -1)).stream()
                    .map(Long::valueOf)
                    .toList();
            return new Result(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5), n.get(6), n.get(7));
        }
    }

    ClientRun(Caller caller, int threads, Duration warmup, Duration duration) {
        this.caller = caller;
        this.threads = threads;
        this.warmup = warmup;
        this.duration = duration;
    }

    Result run(LongSupplier cpuNanos) throws InterruptedException {
        long from = System.nanoTime() + warmup.toNanos();
        long end = from + duration.toNanos();
        List<Thread> calling = new ArrayList<>();
        for (int i = 0; i < threads; i++) calling.add(Thread.ofVirtual().start(() -> call(from, end)));
        Thread.sleep(warmup);
        long wallBefore = System.nanoTime();
        long cpuBefore = cpuNanos.getAsLong();
        long peak = 0;
        while (System.nanoTime() - end < 0) {
            Thread.sleep(Duration.ofNanos(Math.max(1, Math.min(100_000_000, end - System.nanoTime()))));
            peak = Math.max(
                    peak,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        long cpu = cpuNanos.getAsLong() - cpuBefore;
        long wall = System.nanoTime() - wallBefore;
        for (var thread : calling) thread.join();
        return new Result(
                answered.sum(),
                failed.sum(),
                wall,
                cpu,
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(99),
                latency.getMaxValue(),
                peak);
    }

    private void call(long from, long end) {
        for (long now = System.nanoTime(); now - end < 0; ) {
            boolean good = isAnswered();
            long then = System.nanoTime();
            if (!good) {
                failed.increment();
            } else if (then - from >= 0 && then - end < 0) {
                answered.increment();
                latency.recordValue(then - now);
            }
            now = then;
        }
    }

    private boolean isAnswered() {
        try {
            return caller.get() == OK;
        } catch (Exception failure) {
            if (shown.getAndIncrement() == 0) failure.printStackTrace(System.err);
            return false;
        }
    }
}
