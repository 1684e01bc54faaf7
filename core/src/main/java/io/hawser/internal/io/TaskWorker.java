package io.hawser.internal.io;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/// A thread of the task pool, which knows for whom it works, so that a drain interrupts its own tasks only.
final class TaskWorker extends ForkJoinWorkerThread {
    private final TaskPool owner;
    private final boolean affinity;

    /// Guarded by this.
    private @Nullable TaskLedger current;

    TaskWorker(ForkJoinPool pool, TaskPool owner, String name, boolean affinity) {
        super(pool);
        this.owner = owner;
        this.affinity = affinity;
        setName(name);
        setDaemon(true);
    }

    TaskPool owner() {
        return owner;
    }

    /// Notes for whom it works now, and returns for whom it did: a task may help others along while it waits.
    synchronized @Nullable TaskLedger begin(TaskLedger ledger) {
        TaskLedger outer = current;
        current = ledger;
        return outer;
    }

    /// Goes back to what it did before, without an interrupt that was meant for the task now ended.
    synchronized void end(@Nullable TaskLedger outer) {
        current = outer;
        if (outer == null) Thread.interrupted();
    }

    synchronized void interruptIfWorkingFor(TaskLedger ledger) {
        if (current == ledger) interrupt();
    }

    @Override
    protected void onStart() {
        super.onStart();
        if (affinity) CpuAffinity.unpin(); // it may have been started by an event loop
    }

    @Override
    protected void onTermination(@Nullable Throwable failure) {
        owner.left(this);
        super.onTermination(failure);
    }
}
