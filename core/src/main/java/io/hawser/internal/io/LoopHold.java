package io.hawser.internal.io;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Whether a handler holds the event loop, and for which of its turns: what the watchdog looks at.
///
/// The number is odd while a handler runs and grows with each that begins or ends. A watchdog that sees the same odd
/// number twice knows that one handler held the loop for the time between, so the handlers themselves read no clock:
/// a turn costs two stores.
///
/// Thread: written by the loop's thread only.
final class LoopHold {
    private final AtomicLong turn = new AtomicLong();

    /// The virtual thread that holds the loop, or null if the loop's own thread does. Read after `turn`.
    private @Nullable Thread holder;

    /// Begins a turn.
    ///
    /// @param by the virtual thread that is about to run, or null for the loop's own thread
    /// @return false if a turn is under way already, which the caller is then part of and must not end
    boolean enter(@Nullable Thread by) {
        long now = turn.getPlain();
        if ((now & 1) != 0) return false;
        holder = by;
        turn.setRelease(now + 1);
        return true;
    }

    void exit() {
        turn.setRelease(turn.getPlain() + 1);
    }

    long turn() {
        return turn.getAcquire();
    }

    static boolean isHeld(long turn) {
        return (turn & 1) != 0;
    }

    @Nullable
    Thread holder() {
        return holder;
    }
}
