package io.hawser.internal.topic;

import io.hawser.Rejected;
import io.hawser.cluster.TopicMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hands messages to listeners in the order in which they were published, while no publisher waits for a
/// listener: whoever finds the lane idle hands out, also what others publish meanwhile.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards both fields. While it is held a message is made, which may take the lock of the
/// [TopicStore]; no listener is called.
final class Lane {
    private static final int MAX_WAITING = 8192;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Consumer<TopicMessage> out;
    private final ArrayDeque<TopicMessage> waiting = new ArrayDeque<>();
    private boolean isHandingOut;

    Lane(Consumer<TopicMessage> out) {
        this.out = out;
    }

    /// What [#publish] needs made under the lock.
    ///
    /// @param message to hand out, or null where there is none
    record Made<R>(R result, @Nullable TopicMessage message) {}

    /// Makes a message and hands it out, now or soon.
    ///
    /// @throws Rejected if 8,192 messages wait to be handed out
    <R> R publish(Supplier<Made<R>> maker) {
        Made<R> made;
        synchronized (this) {
            if (waiting.size() >= MAX_WAITING) throw new Rejected("too many messages at once", PAUSE);
            made = maker.get();
            TopicMessage message = made.message();
            if (message == null) return made.result();
            waiting.addLast(message);
            if (isHandingOut) return made.result();
            isHandingOut = true;
        }
        handOut();
        return made.result();
    }

    private void handOut() {
        for (TopicMessage next = next(); next != null; next = next()) out.accept(next);
    }

    private synchronized @Nullable TopicMessage next() {
        TopicMessage next = waiting.pollFirst();
        if (next == null) isHandingOut = false;
        return next;
    }
}
