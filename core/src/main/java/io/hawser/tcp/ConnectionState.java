package io.hawser.tcp;

/// Where a [Connection] stands, or a client that stays connected.
public enum ConnectionState {
    /// Of what connects again: the last connection has ended, and the next one is not tried yet.
    DISCONNECTED,
    CONNECTING,
    CONNECTED,
    /// What is queued is still being sent; nothing more is accepted.
    CLOSING,
    /// For good.
    CLOSED
}
