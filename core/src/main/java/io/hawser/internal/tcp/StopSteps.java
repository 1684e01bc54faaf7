package io.hawser.internal.tcp;

import io.hawser.ShutdownFailed;
import org.jspecify.annotations.Nullable;

/// What is done to stop something: every step, whatever became of those before it.
///
/// Thread: one at a time.
public final class StopSteps {
    private @Nullable Throwable failure;

    /// Takes one, and keeps what it throws.
    public void take(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            if (failure == null) failure = e;
            else failure.addSuppressed(e);
        }
    }

    /// Tells of the first failure, the others with it.
    ///
    /// @param what was stopped
    /// @throws ShutdownFailed if a step failed
    public void check(String what) {
        Throwable first = failure;
        if (first == null) return;
        throw new ShutdownFailed(what + " did not stop as it should: " + first.getMessage(), first);
    }
}
