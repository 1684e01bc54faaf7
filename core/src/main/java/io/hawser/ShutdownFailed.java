package io.hawser;

import org.jspecify.annotations.Nullable;

/// A server did not stop as it should have. It is closed all the same; the cause says what went wrong on
/// the way.
public final class ShutdownFailed extends HawserException {
    private static final long serialVersionUID = 1;

    public ShutdownFailed(String message, @Nullable Throwable cause) {
        super(message, Processed.MAYBE, cause);
    }
}
