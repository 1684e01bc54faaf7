package io.hawser.hub;

/// What a peer gets that sends messages without saying hello.
public enum BareMode {
    /// Texts to and from the others: [ManagedHandler].
    MANAGED,
    /// Every message back as it came.
    ECHO,
    /// An error: a hello is needed.
    OFF
}
