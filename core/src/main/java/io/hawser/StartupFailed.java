package io.hawser;

import org.jspecify.annotations.Nullable;

/// A server or client could not start: the port is in use, a certificate does not load, a setting does not fit.
public final class StartupFailed extends HawserException {
    private static final long serialVersionUID = 1;

    public StartupFailed(String message, @Nullable Throwable cause) {
        super(message, Processed.NO, cause);
    }
}
