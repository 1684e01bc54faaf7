package io.hawser.policy;

import io.hawser.Endpoint;

/// Asks an endpoint whether it is well.
@FunctionalInterface
public interface HealthProbe {
    /// Returns if it is, and throws whatever if it is not. Called with the time limit of a check as deadline.
    void check(Endpoint endpoint) throws Exception;
}
