package io.hawser;

import org.jspecify.annotations.Nullable;

/// An established connection ended without the protocol's own goodbye.
public final class ConnectionLost extends HawserException {
    private static final long serialVersionUID = 1;

    public ConnectionLost(String message, Processed processed, @Nullable Throwable cause) {
        super(message, processed, cause);
    }
}
