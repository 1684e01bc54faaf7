package io.hawser.hub.alerts;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What a rule can watch.
public enum Figure {
    /// Requests answered 500 and above, of all, in the time of the rule.
    ERROR_RATIO(Reading::failed, Reading::requests, false),
    /// Requests a second.
    REQUESTS(Reading::requests, Reading::seconds, false),
    /// Messages received a second.
    MESSAGES(Reading::messages, Reading::seconds, false),
    /// Connections refused a second, because there were as many as there may be.
    REFUSED(Reading::refused, Reading::seconds, false),
    /// Connections closed a second, because their peers read too slowly.
    SLOW_READERS(Reading::slow, Reading::seconds, false),
    /// Messages dropped a second.
    DROPS(Reading::dropped, Reading::seconds, false),
    /// Of an event loop, how much of its time it works: the average of all, 0 to 1.
    LOOP_USE(Reading::busySeconds, Reading::loopSeconds, false),
    /// Connections that there are.
    CONNECTIONS(Reading::connections, reading -> 1, true),
    /// Of the heap, how much is used: 0 to 1.
    HEAP(Reading::heap, reading -> 1, true),
    /// Nodes that were there within the last hour and are not.
    NODES_LOST(Reading::nodesLost, reading -> 1, true),
    /// 1 while the other nodes cannot be reached, else 0.
    BROKER_AWAY(Reading::brokerAway, reading -> 1, true);

    @SuppressWarnings("ImmutableEnumChecker") // a method reference has no state
    private final ToDoubleFunction<Reading> part;

    @SuppressWarnings("ImmutableEnumChecker") // as above
    private final ToDoubleFunction<Reading> whole;

    private final boolean isLevel;

    Figure(ToDoubleFunction<Reading> part, ToDoubleFunction<Reading> whole, boolean isLevel) {
        this.part = part;
        this.whole = whole;
        this.isLevel = isLevel;
    }

    /// Whether it is one of a moment, which has to last, and not one of a stretch of time.
    boolean isLevel() {
        return isLevel;
    }

    /// Of a moment.
    double at(Reading reading) {
        return part.applyAsDouble(reading);
    }

    /// Of the time between two readings; 0 where nothing happened.
    double between(Reading before, Reading now) {
        double total = whole.applyAsDouble(now) - whole.applyAsDouble(before);
        return total <= 0 ? 0 : (part.applyAsDouble(now) - part.applyAsDouble(before)) / total;
    }

    /// As it is written in rules.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
