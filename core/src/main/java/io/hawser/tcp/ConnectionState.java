package io.hawser.tcp;

/// Where a [Connection] stands.
public enum ConnectionState {
    DISCONNECTED,
    CONNECTING,
    CONNECTED,
    /// What is queued is still being sent; nothing more is accepted.
    CLOSING,
    CLOSED
}
