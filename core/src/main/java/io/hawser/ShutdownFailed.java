package io.hawser;

import org.jspecify.annotations.Nullable;

/// Something did not stop as it should have within its bound.
public final class ShutdownFailed extends HawserException {
    private static final long serialVersionUID = 1;

    public ShutdownFailed(String message, @Nullable Throwable cause) {
        super(message, Processed.MAYBE, cause);
    }
}
