package io.hawser.policy;

import java.util.List;

/// Hears what policies do: to log it, to count it, to show it.
///
/// Thread: called on whatever thread does it, that of the call or one of the library, so it must not block.
/// Errors: logged, at most one a minute in full, and never seen by the call.
@FunctionalInterface
public interface PolicyListener {
    void event(PolicyEvent event);

    /// One that hears nothing.
    static PolicyListener none() {
        return event -> {};
    }

    /// All of `listeners`, each told whatever the others do.
    static PolicyListener all(PolicyListener... listeners) {
        List<PolicyListener> all = List.of(listeners);
        return event -> all.forEach(listener -> ListenerFailures.tell(listener, event));
    }
}
