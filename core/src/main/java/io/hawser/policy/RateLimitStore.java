package io.hawser.policy;

import java.time.Duration;

/// Where the permits of a [RateLimiter] are counted: in this process, or somewhere that several share.
///
/// Thread: safe from any; may wait for whatever counts. Errors: a store that cannot be reached throws, and
/// the call fails with that, if it has not been made; else a [PolicyEvent.StoreFailed] tells of it;
/// [io.hawser.Cancelled] on an interrupt. Calls without a key have the empty one.
public interface RateLimitStore {
    /// Takes a permit for `key`, if it is there or will be within `maxWait`.
    Grant take(String key, Duration maxWait);

    /// Gives back a permit that was taken and not used.
    void giveBack(String key);

    /// Lets nobody take a permit for `key` before `duration` from now: the other side asked for it. The store
    /// of this process holds for an hour at most.
    void hold(String key, Duration duration);

    /// The other side counts only `remaining` permits for `key` until its window ends. Never raises what is
    /// left.
    void lower(String key, long remaining);

    /// What came of asking for a permit.
    ///
    /// @param granted whether it was taken
    /// @param delay until it may be used; where it was not taken, until asking again makes sense
    record Grant(boolean granted, Duration delay) {
        private static final Grant NOW = new Grant(true, Duration.ZERO);

        /// A permit that may be used at once.
        public static Grant now() {
            return NOW;
        }
    }
}
