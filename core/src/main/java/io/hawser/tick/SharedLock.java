package io.hawser.tick;

import java.util.Optional;

/// A lock of a [SharedState], which one caller at a time holds, of all processes. First come, first served.
/// It cannot be taken twice: its holder, too, would wait.
///
/// It is released when its holder closes what it got, and when the connection of the process that holds it
/// ends, as it does with the process.
public interface SharedLock {
    /// Waits until the lock is free, and takes it.
    ///
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    HeldLock acquire();

    /// Takes the lock if it is free now.
    Optional<HeldLock> tryAcquire();
}
