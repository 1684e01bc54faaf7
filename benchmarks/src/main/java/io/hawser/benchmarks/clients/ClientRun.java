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
    public record Result(
            long answered,
            long failed,
            long wallNanos,
            long cpuNanos,
            long p50Nanos,
            long p99Nanos,
            long p999Nanos,
            long maxNanos) {
        String toLine() {
            return answered + " " + failed + " " + wallNanos + " " + cpuNanos + " " + p50Nanos + " " + p99Nanos + " "
                    + p999Nanos + " " + maxNanos;
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
        Thread.sleep(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
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
                latency.getValueAtPercentile(99.9),
                latency.getMaxValue());
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
