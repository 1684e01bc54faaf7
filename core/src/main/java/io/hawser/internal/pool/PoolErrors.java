package io.hawser.internal.pool;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.pool.PoolConfig;
import io.hawser.pool.PoolStats;
import org.jspecify.annotations.Nullable;

/// What a pool says to callers that get no connection.
record PoolErrors(PoolConfig config) {
    Rejected closed() {
        return new Rejected("pool " + config.name() + " is closed", null);
    }

    Rejected tooManyWait(int waiting) {
        return new Rejected("pool " + config.name() + ": " + waiting + " callers wait already", null);
    }

    Cancelled interrupted() {
        return new Cancelled("interrupted while waiting for a connection of pool " + config.name(), Processed.NO, null);
    }

    /// @param lastFailure to open one, if there was any
    DeadlineExceeded late(PoolStats now, @Nullable Throwable lastFailure) {
        DeadlineExceeded error = new DeadlineExceeded(
                "a connection of pool " + config.name() + " (" + now.active() + " of " + config.maxSize() + " leased, "
                        + now.connecting() + " being opened, " + now.waiting() + " others waiting)",
                Processed.NO);
        if (lastFailure != null) error.addSuppressed(lastFailure);
        return error;
    }

    /// What went wrong: not every error has a message.
    static String reason(@Nullable Throwable cause) {
        if (cause == null) return "";
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }

    /// What became of a caller that was told that nothing can come to it.
    RuntimeException failed(@Nullable Throwable cause) {
        return new ConnectFailed("pool " + config.name() + " has no connection: " + reason(cause), cause);
    }
}
