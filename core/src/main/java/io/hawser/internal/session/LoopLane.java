package io.hawser.internal.session;

import io.hawser.internal.link.LoopOutbox;
import java.util.concurrent.TimeUnit;

/// An event loop, in one order with all that is sent there.
record LoopLane(LoopOutbox outbox) implements TopicLane {
    @Override
    public boolean run(Runnable action) {
        return outbox.run(action);
    }

    @Override
    public void later(Runnable action, long millis) {
        outbox.loop().schedule(action, millis, TimeUnit.MILLISECONDS);
    }
}
