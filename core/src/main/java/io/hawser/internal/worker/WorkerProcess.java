package io.hawser.internal.worker;

import io.hawser.internal.process.ChildProcess;
import io.hawser.messaging.Container;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// One worker of a [Supervisor], from its start to its end.
///
/// Lock: the supervisor's guards the fields that change.
final class WorkerProcess {
    final int number;
    final int slot;
    final ChildProcess process;

    /// What it said of itself when it accepted connections; fails if it ends before.
    final CompletableFuture<Container> ready = new CompletableFuture<>();

    boolean isLeaving;
    boolean hasEnded;

    WorkerProcess(int number, int slot, ChildProcess process) {
        this.number = number;
        this.slot = slot;
        this.process = process;
    }

    /// Asks it to drain, and kills it after `grace`.
    void stop(Duration grace) {
        process.terminate();
        process.awaitEnd(grace);
    }

    @Override
    public String toString() {
        return process.toString();
    }
}
