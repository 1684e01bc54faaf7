package io.hawser;

import org.jspecify.annotations.Nullable;

/// No connection came about: the name does not resolve, nothing listens, or TLS was refused. Nothing was sent.
public final class ConnectFailed extends HawserException {
    private static final long serialVersionUID = 1;

    public ConnectFailed(String message, @Nullable Throwable cause) {
        super(message, Processed.NO, cause);
    }
}
