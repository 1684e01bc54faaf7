package io.hawser.tick.it;

import io.hawser.tick.Schedule;
import io.hawser.tick.SharedState;
import io.hawser.tick.Tick;
import io.hawser.tick.TickerHandler;
import java.time.Duration;

/// A ticker that cannot start.
public final class BrokenBeat implements TickerHandler {
    @Override
    public Schedule schedule() {
        return Schedule.every(Duration.ofSeconds(1));
    }

    @Override
    public void start(SharedState shared) {
        throw new IllegalStateException("no database today");
    }

    @Override
    public void tick(Tick tick) {}
}
