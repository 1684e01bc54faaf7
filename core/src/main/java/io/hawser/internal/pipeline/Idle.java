package io.hawser.internal.pipeline;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Things that are costly to make, kept for the next one who needs one.
///
/// It keeps at most two for each processor and ends what comes back beyond that; it never makes anyone wait.
///
/// Thread: safe from any.
final class Idle<T> {
    private final Queue<T> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());
    private final Supplier<T> make;
    private final Consumer<T> end;

    Idle(Supplier<T> make, Consumer<T> end) {
        this.make = make;
        this.end = end;
    }

    T borrow() {
        T kept = idle.poll();
        return kept != null ? kept : make.get();
    }

    void giveBack(T borrowed) {
        if (!idle.offer(borrowed)) end.accept(borrowed);
    }
}
