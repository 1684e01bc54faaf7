package io.hawser.session;

/// What became of a message that was offered to a session.
public enum Offer {
    /// It is in the session's queue.
    QUEUED,
    /// The queue was over its soft bound, so the message was dropped and counted.
    DROPPED,
    /// The session has ended or is ending.
    CLOSED
}
