package io.hawser.internal.tcp;

/// Why a connection is told to come back later.
public enum Refusal {
    /// There is no place for it.
    FULL,
    /// Its address connects too often.
    TOO_OFTEN
}
