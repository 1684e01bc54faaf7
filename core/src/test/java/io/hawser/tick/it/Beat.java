package io.hawser.tick.it;

import io.hawser.tick.Schedule;
import io.hawser.tick.SharedMap;
import io.hawser.tick.SharedState;
import io.hawser.tick.Tick;
import io.hawser.tick.TickerHandler;
import io.hawser.tick.ValueCodec;
import java.time.Duration;
import java.util.Optional;

/// A ticker for tests: counts, says in which process it is, passes a word on, and takes a lock when it is
/// told to.
public final class Beat implements TickerHandler {
    static final ValueCodec<String> TEXT = ValueCodec.text();

    @Override
    public Schedule schedule() {
        return Schedule.every(Duration.ofMillis(10));
    }

    @Override
    public void start(SharedState shared) {
        shared.counter("starts").add(1);
        shared.map("words", TEXT)
                .put("pid", Long.toString(ProcessHandle.current().pid()));
    }

    @Override
    public void tick(Tick tick) throws InterruptedException {
        SharedMap<String> words = tick.shared().map("words", TEXT);
        Optional<String> said = words.find("question");
        said.ifPresent(question -> words.put("answer", question + "!"));
        if (words.find("lock").isPresent()) {
            var _ = tick.shared().lock("precious").acquire();
            words.put("locked", "yes");
            Thread.sleep(Duration.ofDays(1));
        }
        if (tick.number() == 0)
            System.out.println("the first tick of " + ProcessHandle.current().pid());
        tick.shared().counter("ticks").add(1);
    }

    @Override
    public void stop() {
        System.err.println("stopped in order");
    }

    @Override
    public String name() {
        return "beat";
    }
}
