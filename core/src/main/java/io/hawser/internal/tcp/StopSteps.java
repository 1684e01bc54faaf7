package io.hawser.internal.tcp;

import io.hawser.ShutdownFailed;
import org.jspecify.annotations.Nullable;

/// What is done to stop something: every step, whatever became of those before it.
///
/// Thread: one at a time.
final class StopSteps {
    private @Nullable Throwable failure;

    void take(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            if (failure == null) failure = e;
            else failure.addSuppressed(e);
        }
    }

    /// @throws ShutdownFailed if a step failed
    void check(String what) {
        Throwable first = failure;
        if (first == null) return;
        throw new ShutdownFailed(what + " did not stop as it should: " + first.getMessage(), first);
    }
}
