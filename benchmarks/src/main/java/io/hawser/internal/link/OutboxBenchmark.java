package io.hawser.internal.link;

import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// How dear is it for a thread to have something sent by an event loop, alone and against another, beside a
/// task of the loop for each?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OutboxBenchmark {
    private static final int MOST_WAITING = 10_000;

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LoopOutbox outbox =
            loop.submit(() -> LoopOutbox.of(loop)).syncUninterruptibly().getNow();

    private final class Counted extends Parcel {
        @Override
        void open() {
            waiting.decrementAndGet();
        }
    }

    @TearDown
    public void stop() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// So that what waits stays bounded, as the bounds of the sessions keep it.
    private void await() {
        while (waiting.get() > MOST_WAITING) Thread.onSpinWait();
        waiting.incrementAndGet();
    }

    @Benchmark
    public boolean parcel() {
        await();
        return outbox.post(new Counted());
    }

    @Benchmark
    @Threads(2)
    public boolean parcelOfTwoThreads() {
        await();
        return outbox.post(new Counted());
    }

    @Benchmark
    public void task() {
        await();
        loop.execute(waiting::decrementAndGet);
    }

    @Benchmark
    @Threads(2)
    public void taskOfTwoThreads() {
        await();
        loop.execute(waiting::decrementAndGet);
    }
}
