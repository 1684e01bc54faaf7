package io.hawser.policy;

/// What a [CircuitBreaker] does with calls.
public enum BreakerState {
    /// Lets them through and counts.
    CLOSED,
    /// Refuses them for a time.
    OPEN,
    /// Lets a few through to find out.
    HALF_OPEN,
    /// Refuses them until told otherwise.
    FORCED_OPEN,
    /// Lets them through whatever happens, until told otherwise.
    FORCED_CLOSED
}
