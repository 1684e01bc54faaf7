package io.hawser.policy;

/// The places of policies around a call, outermost first: the documented default order.
///
/// Above [#RETRY] a policy sees the call once, below it every attempt. Why each stands where it does is in
/// docs/RESILIENCE.md.
public enum Place {
    /// Sees what the caller sees: all time, every refusal.
    METRICS,
    /// Answers for whatever fails inside.
    FALLBACK,
    /// A hit costs nothing of what is inside.
    CACHE,
    /// The time for everything, waiting and retries included.
    DEADLINE,
    /// A call waits once, and holds one place however often it is tried.
    BULKHEAD,
    /// A hedge is a second call with retries of its own.
    HEDGE,
    /// From here inwards everything happens for each attempt.
    RETRY,
    /// Every attempt counts against the rate that the other side allows.
    RATE_LIMIT,
    /// Each attempt goes to an endpoint, if possible to another one.
    BALANCING,
    /// Judges one endpoint.
    BREAKER,
    /// Its end is a failure that the breaker sees and a retry may follow.
    ATTEMPT_TIMEOUT,
    /// Credentials may have changed between attempts.
    AUTHENTICATION,
    /// The call itself.
    TRANSPORT
}
