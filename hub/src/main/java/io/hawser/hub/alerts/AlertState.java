package io.hawser.hub.alerts;

/// How a rule is.
public enum AlertState {
    /// What it watches is as it should be.
    QUIET,
    /// It is not, but not for long enough.
    PENDING,
    /// It is told of.
    FIRING
}
