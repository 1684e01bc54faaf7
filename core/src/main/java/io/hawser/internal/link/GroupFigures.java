package io.hawser.internal.link;

import io.hawser.session.CloseReason;
import io.hawser.tcp.DropCause;
import io.hawser.tcp.EndCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What a group counts of the rare things: drops, ends, failures.
///
/// Thread: safe from any.
final class GroupFigures {
    private final Map<DropCause, LongAdder> dropped = new EnumMap<>(DropCause.class);
    private final Map<EndCause, LongAdder> ended = new EnumMap<>(EndCause.class);

    GroupFigures() {
        for (DropCause cause : DropCause.values()) dropped.put(cause, new LongAdder());
        for (EndCause cause : EndCause.values()) ended.put(cause, new LongAdder());
    }

    void dropped(DropCause cause) {
        increment(dropped, cause);
    }

    void ended(CloseReason reason) {
        increment(ended, EndCause.of(reason));
    }

    private static <E extends Enum<E>> void increment(Map<E, LongAdder> counts, E cause) {
        LongAdder count = counts.get(cause);
        if (count != null) count.increment();
    }

    Map<DropCause, Long> dropped() {
        return sums(dropped, DropCause.class);
    }

    Map<EndCause, Long> ended() {
        return sums(ended, EndCause.class);
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> counts, Class<E> type) {
        Map<E, Long> sums = new EnumMap<>(type);
        counts.forEach((cause, count) -> sums.put(cause, count.sum()));
        return sums;
    }
}
