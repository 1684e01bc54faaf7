package io.hawser;

import org.jspecify.annotations.Nullable;

/// The root of every failure that Hawser reports. Its one question: may I try again?
///
/// Statuses and close codes that a peer sent on purpose are values, not exceptions.
public abstract sealed class HawserException extends RuntimeException
        permits Cancelled,
                ConnectFailed,
                ConnectionLost,
                DeadlineExceeded,
                LimitExceeded,
                ProtocolError,
                Rejected,
                SessionClosed,
                ShutdownFailed,
                StartupFailed,
                UnexpectedStatus {
    private static final long serialVersionUID = 1;

    /// Whether the peer may have acted on what was sent.
    public enum Processed {
        /// It has not: trying again repeats nothing.
        NO,
        /// It may have: try again only what may happen twice.
        MAYBE
    }

    private final Processed processed;

    protected HawserException(String message, Processed processed, @Nullable Throwable cause) {
        super(message, cause);
        this.processed = processed;
    }

    /// Whether the peer may have acted on what was sent.
    public final Processed processed() {
        return processed;
    }
}
