package io.hawser.policy;

import org.jspecify.annotations.Nullable;

/// What policies wrap: one blocking call. It may run several times, and at the same time in two threads if
/// hedged.
@FunctionalInterface
public interface Call<T extends @Nullable Object> {
    /// Does it once.
    ///
    /// @param attempt which attempt this is, and at which endpoint
    T call(Attempt attempt) throws Exception;

    /// This call inside `policies`, outermost first.
    default Call<T> with(Policy... policies) {
        return Policy.of(policies).around(this);
    }
}
