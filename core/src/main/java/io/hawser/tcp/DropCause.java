package io.hawser.tcp;

/// Why a message was not sent to one connection.
public enum DropCause {
    /// Its queue was over its bound.
    FULL,
    /// It had not caught up since its queue was over its bound.
    BEHIND,
    /// It could not be written in the protocol's form.
    UNSENDABLE,
    /// It closed before the message went out.
    CLOSED
}
