package io.hawser.internal.worker;

import io.hawser.internal.process.Dialogue;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.time.Duration;
import java.util.Collection;

/// What one worker is told. When it does not keep up it is told nothing more until there is room, and then the
/// state anew and that something is missing; so nothing waits for it, and it misses nothing without knowing.
///
/// It uses half of the room that its dialogue has; the rest is for answers, which the worker waits for.
///
/// Thread: safe from any, by its monitor.
final class Feed {
    static final String RESET = "reset";
    static final String INTERRUPTED = "interrupted";
    /// What one side may queue of what the other can do without, or ask for again.
    static final long ROOM_BYTES = BackplaneService.MAX_MESSAGE_BYTES / 2;

    private static final Duration PAUSE = Duration.ofMillis(20);

    final String node;
    final Dialogue dialogue;
    private final Runnable fellBehind;
    private boolean isBehind;

    /// @param fellBehind told once, until it has caught up; must not block
    Feed(String node, Dialogue dialogue, Runnable fellBehind) {
        this.node = node;
        this.dialogue = dialogue;
        this.fellBehind = fellBehind;
    }

    synchronized void tell(ContainerBuilder said) {
        if (isBehind || offer(said)) return;
        isBehind = true;
        fellBehind.run();
    }

    /// Tells the state anew.
    ///
    /// @return false if there was no room for it
    synchronized boolean catchUp(Collection<ContainerBuilder> state) {
        if (!offer(Container.of(RESET))) return false;
        for (ContainerBuilder each : state) {
            if (!offer(each)) return false;
        }
        // Whatever is published while this monitor is held is told behind it.
        if (!offer(Container.of(INTERRUPTED))) return false;
        isBehind = false;
        return true;
    }

    private boolean offer(ContainerBuilder said) {
        return dialogue.offerWithin(ROOM_BYTES, said);
    }

    static void pause() throws InterruptedException {
        Thread.sleep(PAUSE);
    }
}
