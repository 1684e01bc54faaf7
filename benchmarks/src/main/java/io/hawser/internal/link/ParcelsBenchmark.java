package io.hawser.internal.link;

import io.hawser.benchmarks.jmh.SameWork;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How dear is the queue of what an event loop is to send, put in and taken out, beside JCTools' queue for
/// many producers (as Netty has it), the JDK's, and one that is for a single thread?
///
/// Parcels are made, put in by sixty-four and opened, by one thread and without a wake-up of another, which
/// costs more than all of this: [OutboxBenchmark] has it. JCTools' and the JDK's queues, too, are asked until
/// they are empty.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ParcelsBenchmark {
    private static final int PARCELS = 64;

    private final HandLoop loop = new HandLoop();
    private final LoopOutbox outbox = LoopOutbox.of(loop);
    private final Queue<Parcel> mpsc = PlatformDependent.newMpscQueue();
    private final Queue<Parcel> linked = new ConcurrentLinkedQueue<>();
    private final Queue<Parcel> ofOneThread = new ArrayDeque<>();
    private long opened;

    /// As large as one that carries a message.
    private final class Counted extends Parcel {
        private final int size;

        Counted(int size) {
            this.size = size;
        }

        @Override
        void open() {
            opened += size;
        }
    }

    @Setup
    public void check() {
        long ours = hawser();
        SameWork.require("opened", ours, (long) PARCELS * (PARCELS - 1) / 2);
        SameWork.require("opened of JCTools' queue", 2 * ours, jctools());
        SameWork.require("opened of the JDK's queue", 3 * ours, jdk());
        SameWork.require("opened of one thread's", 4 * ours, oneThread());
    }

    @Benchmark
    @OperationsPerInvocation(PARCELS)
    public long hawser() {
        for (int i = 0; i < PARCELS; i++) outbox.post(new Counted(i));
        loop.runAll();
        return opened;
    }

    @Benchmark
    @OperationsPerInvocation(PARCELS)
    public long jctools() {
        return putAndTake(mpsc);
    }

    @Benchmark
    @OperationsPerInvocation(PARCELS)
    public long jdk() {
        return putAndTake(linked);
    }

    @Benchmark
    @OperationsPerInvocation(PARCELS)
    public long oneThread() {
        return putAndTake(ofOneThread);
    }

    private long putAndTake(Queue<Parcel> queue) {
        for (int i = 0; i < PARCELS; i++) queue.add(new Counted(i));
        for (Parcel next = queue.poll(); next != null; next = queue.poll()) next.open();
        return opened;
    }
}
