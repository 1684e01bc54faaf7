package io.hawser.policy;

import io.hawser.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Keeps the events of a test.
final class Events implements PolicyListener {
    private final List<PolicyEvent> all = new ArrayList<>();

    @Override
    public synchronized void event(PolicyEvent event) {
        all.add(event);
    }

    synchronized List<PolicyEvent> all() {
        return List.copyOf(all);
    }

    <E extends PolicyEvent> List<E> of(Class<E> type) {
        return all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// The upstream `test`, with a seed.
    PolicyContext context(TimeSource time) {
        return new PolicyContext("test", time, new Random(42), this);
    }
}
