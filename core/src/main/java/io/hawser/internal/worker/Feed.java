package io.hawser.internal.worker;

import io.hawser.internal.process.Dialogue;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.time.Duration;
import java.util.Collection;

/// What one worker is told. When it does not keep up it is told nothing more until there is room, and then the
/// state anew and that something is missing; so nothing waits for it, and it misses nothing without knowing.
///
/// Thread: safe from any, by its monitor.
final class Feed {
    static final String RESET = "reset";
    static final String INTERRUPTED = "interrupted";
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
        if (isBehind || dialogue.offer(said)) return;
        isBehind = true;
        fellBehind.run();
    }

    /// Tells the state anew.
    ///
    /// @return false if there was no room for it
    synchronized boolean catchUp(Collection<ContainerBuilder> state) {
        if (!dialogue.offer(Container.of(RESET))) return false;
        for (ContainerBuilder each : state) {
            if (!dialogue.offer(each)) return false;
        }
        // Whatever is published while this monitor is held is told behind it.
        if (!dialogue.offer(Container.of(INTERRUPTED))) return false;
        isBehind = false;
        return true;
    }

    static void pause() throws InterruptedException {
        Thread.sleep(PAUSE);
    }
}
