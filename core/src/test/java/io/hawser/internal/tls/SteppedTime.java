package io.hawser.internal.tls;

import io.hawser.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/// A clock for one thread that sleeps in a loop: each [#step()] lets it run once round.
final class SteppedTime implements TimeSource {
    private final Instant now;
    private final Semaphore asleep = new Semaphore(0);
    private final Semaphore steps = new Semaphore(0);

    SteppedTime(Instant now) {
        this.now = now;
    }

    /// Wakes the sleeper, and returns when it sleeps again.
    void step() throws InterruptedException {
        asleep.acquire();
        steps.release();
        asleep.acquire();
        asleep.release();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        asleep.release();
        steps.acquire();
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public Instant now() {
        return now;
    }
}
