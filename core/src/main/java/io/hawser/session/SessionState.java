package io.hawser.session;

/// The life of a session, which only moves forward.
public enum SessionState {
    /// The transport is there, the protocol's greeting is not done.
    CONNECTING,
    /// Messages flow.
    OPEN,
    /// A goodbye is on its way; nothing more is accepted.
    CLOSING,
    /// The connection is gone.
    CLOSED;

    /// Whether a session in this state may move to `next`: forward, over any number of states.
    public boolean mayBecome(SessionState next) {
        return compareTo(next) < 0;
    }
}
