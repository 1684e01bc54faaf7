package io.hawser.tick.it;

import io.hawser.tick.Schedule;
import io.hawser.tick.Tick;
import io.hawser.tick.TickerHandler;
import java.time.Duration;

/// A ticker that cannot be made, for a reason that is no exception.
public final class UnmadeBeat implements TickerHandler {
    public UnmadeBeat() {
        throw new NoClassDefFoundError("a class that is not there");
    }

    @Override
    public Schedule schedule() {
        return Schedule.every(Duration.ofSeconds(1));
    }

    @Override
    public void tick(Tick tick) {}
}
