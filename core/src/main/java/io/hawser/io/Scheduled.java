package io.hawser.io;

/// A task that waits for its time.
public interface Scheduled {
    /// Cancels it; what already runs is left to run.
    ///
    /// @return whether this call cancelled it: false if it had begun, or was cancelled before
    boolean cancel();
}
