package io.hawser;

import org.jspecify.annotations.Nullable;

/// The caller gave up, by an interrupt or by closing what it waited on. An interrupt leaves the thread's flag set.
public final class Cancelled extends HawserException {
    private static final long serialVersionUID = 1;

    public Cancelled(String message, Processed processed, @Nullable Throwable cause) {
        super(message, processed, cause);
    }
}
