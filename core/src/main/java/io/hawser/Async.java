package io.hawser;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Turns a blocking call into a future, for the callers that want one: Hawser has no asynchronous twins.
public final class Async {
    private Async() {}

    /// Runs `work` on a virtual thread of its own, with the caller's [Deadline].
    ///
    /// Whoever else completes the future first (`cancel`, `orTimeout`, `complete`) interrupts the thread, and the
    /// interrupt ends whatever it waits for.
    public static <T extends @Nullable Object> CompletableFuture<T> call(Callable<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Deadline deadline = Deadline.current();
        Thread worker = Thread.ofVirtual().name("hawser-async").unstarted(() -> {
            try {
                future.complete(deadline.call(work));
            } catch (Throwable failure) {
                future.completeExceptionally(failure);
            }
        });
        var _ = future.whenComplete((value, failure) -> {
            if (!worker.equals(Thread.currentThread())) worker.interrupt();
        });
        worker.start();
        return future;
    }
}
