package io.hawser.policy;

import io.hawser.HawserException.Processed;

/// When a call may be done again.
public enum Repeat {
    /// Never: what it sends is used up by sending it.
    NEVER,
    /// Only where the other side has surely not acted on it. The default.
    UNPROCESSED,
    /// Always: it is idempotent or carries a key that the other side recognises, and what it sends can be
    /// sent again.
    ALWAYS;

    /// Whether it may be done again after `processed`.
    boolean allows(Processed processed) {
        return this == ALWAYS || (this == UNPROCESSED && processed == Processed.NO);
    }
}
