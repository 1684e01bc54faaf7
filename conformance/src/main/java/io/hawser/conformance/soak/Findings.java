package io.hawser.conformance.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What was not as it must be, and what will be judged in the end.
///
/// Thread: safe from any.
final class Findings {
    private static final int MAX_SUSPICIONS = 1000;

    /// Something that is wrong unless it turns out to have a reason.
    private record Suspicion(String text, BooleanSupplier hasReason) {}

    private final Consumer<String> out;
    private final List<Suspicion> suspicions = new ArrayList<>();
    private long wrong;

    /// @param out told of each thing that is wrong
    Findings(Consumer<String> out) {
        this.out = out;
    }

    synchronized void wrong(String text) {
        wrong++;
        out.accept(text);
    }

    synchronized void suspect(String text, BooleanSupplier hasReason) {
        if (suspicions.size() == MAX_SUSPICIONS) wrong("more to suspect than can be kept; the last: " + text);
        else suspicions.add(new Suspicion(text, hasReason));
    }

    /// Nothing that was suspected will get a reason any more.
    synchronized void judge() {
        for (Suspicion each : suspicions) {
            if (!each.hasReason.getAsBoolean()) wrong(each.text);
        }
        suspicions.clear();
    }

    synchronized long wrong() {
        return wrong;
    }
}
