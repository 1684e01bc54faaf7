package io.hawser.metrics;

import io.hawser.internal.io.Buffers;
import io.hawser.io.IoStats;
import io.hawser.io.IoThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Event loops, the task pool, and the buffers that they read and write with.
///
/// ```java
/// IoMetrics.of(io).bindTo(registry);
/// ```
///
/// Costs nothing but when it is asked. A registry takes one: the names do not tell two apart.
///
/// Thread: safe from any.
public final class IoMetrics implements MeterBinder {
    private final IoThreads io;

    private IoMetrics(IoThreads io) {
        this.io = io;
    }

    public static IoMetrics of(IoThreads io) {
        return new IoMetrics(io);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<IoThreads> meters = new Meters<>(registry, io, Tags.empty());
        List<IoStats.Loop> loops = io.stats().loops();
        for (int i = 0; i < loops.size(); i++)
            loop(meters.with("loop", loops.get(i).name()), i);
        tasks(meters);
        meters.gauge(
                "hawser.buffers.direct",
                Meters.BYTES,
                "Memory outside of the heap that buffers hold",
                each -> Buffers.directBytes());
        meters.gauge(
                "hawser.buffers.heap",
                Meters.BYTES,
                "Memory of the heap that buffers hold",
                each -> Buffers.heapBytes());
    }

    private static void loop(Meters<IoThreads> meters, int index) {
        meters.gauge("hawser.io.channels", "Sockets that the loop serves", of(index, IoStats.Loop::channels));
        meters.gauge("hawser.io.pending", "Tasks in the queue of the loop", of(index, IoStats.Loop::pendingTasks));
        meters.counter("hawser.io.executed", "Tasks that the loop has run", of(index, IoStats.Loop::executedTasks));
        meters.counter("hawser.io.rejected", "Tasks that the loop has refused", of(index, IoStats.Loop::rejectedTasks));
        meters.counter(
                "hawser.io.holds",
                "Handlers and other tasks that held the loop for over 100 ms",
                of(index, IoStats.Loop::holds));
        meters.counter(
                "hawser.io.busy",
                Meters.SECONDS,
                "Time of the processor that the loop has used",
                of(index, loop -> loop.busy().toNanos() / 1e9));
    }

    private static ToDoubleFunction<IoThreads> of(int index, ToDoubleFunction<IoStats.Loop> figure) {
        return io -> figure.applyAsDouble(io.stats().loops().get(index));
    }

    private static void tasks(Meters<IoThreads> meters) {
        task(meters, "submitted", "Tasks accepted by the pool, timers included", IoStats.Tasks::submitted);
        task(meters, "completed", "Tasks that ran to the end", IoStats.Tasks::completed);
        task(meters, "failed", "Tasks that threw", IoStats.Tasks::failed);
        task(meters, "cut", "Tasks given up by a drain or a close", IoStats.Tasks::cut);
        task(meters, "cancelled", "Timers cancelled by their owner", IoStats.Tasks::cancelled);
        task(meters, "rejected", "Tasks refused because a bound was reached", IoStats.Tasks::rejected);
        task(meters, "stolen", "Tasks that another thread ran than the one that brought them", IoStats.Tasks::stolen);
        meters.gauge(
                "hawser.tasks.queued",
                "Tasks that wait for a thread",
                io -> io.stats().tasks().queued());
        meters.gauge(
                "hawser.tasks.scheduled",
                "Timers that wait",
                io -> io.stats().tasks().scheduled());
        meters.gauge(
                "hawser.tasks.running",
                "Tasks being run",
                io -> io.stats().tasks().running());
    }

    private static void task(
            Meters<IoThreads> meters, String name, String description, ToDoubleFunction<IoStats.Tasks> figure) {
        meters.counter(
                "hawser.tasks." + name,
                description,
                io -> figure.applyAsDouble(io.stats().tasks()));
    }
}
