package io.hawser.internal.io;

import io.hawser.io.Scheduled;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A timer of the task pool. Whether it still waits is decided by its ledger, which holds it for as long as it does.
final class TimedTask implements Runnable, Scheduled {
    private final TaskPool pool;
    private final TaskLedger ledger;
    private final Runnable body;

    private volatile @Nullable Future<?> timer;

    TimedTask(TaskPool pool, TaskLedger ledger, Runnable body) {
        this.pool = pool;
        this.ledger = ledger;
        this.body = body;
    }

    void timer(Future<?> timer) {
        this.timer = timer;
    }

    @Override
    public void run() {
        if (!ledger.beginTimer(this)) return;
        pool.timerLeft();
        pool.run(ledger, body);
    }

    @Override
    public boolean cancel() {
        if (!ledger.cancel(this)) return false;
        leaveTimer();
        pool.timerCancelled();
        return true;
    }

    /// Takes it out of the pool's clock, after the ledger let go of it.
    void leaveTimer() {
        Future<?> set = timer;
        if (set != null) set.cancel(false);
        pool.timerLeft();
    }
}
