package io.hawser;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// Turns a blocking call into a future, for the callers that want one: Hawser has no asynchronous twins.
public final class Async {
    private Async() {}

    /// Runs `work` on a virtual thread of its own, with the caller's [Deadline].
    ///
    /// Cancelling the future interrupts the thread, and the interrupt ends whatever it waits for.
    public static <T> CompletableFuture<T> call(Callable<T> work) {
        Task<T> task = new Task<>(Deadline.current(), work);
        task.thread.start();
        return task;
    }

    private static final class Task<T> extends CompletableFuture<T> {
        private final Thread thread;

        Task(Deadline deadline, Callable<T> work) {
            thread = Thread.ofVirtual().name("hawser-async").unstarted(() -> {
                try {
                    complete(deadline.call(work));
                } catch (Throwable failure) {
                    completeExceptionally(failure);
                }
            });
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) thread.interrupt();
            return cancelled;
        }
    }
}
