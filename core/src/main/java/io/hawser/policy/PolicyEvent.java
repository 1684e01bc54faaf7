package io.hawser.policy;

import io.hawser.Endpoint;
import java.time.Duration;
import java.util.Optional;

/// What a policy did that was more than passing a call on. A success without incident makes no event.
public sealed interface PolicyEvent {
    /// The name of the upstream, as its [PolicyContext] has it.
    String upstream();

    /// Another attempt follows.
    ///
    /// @param call the name of the kind of call, maybe empty
    /// @param attempt the number of the one that failed
    /// @param reason why it failed
    /// @param delay until the next one
    record Retried(String upstream, String call, int attempt, String reason, Duration delay) implements PolicyEvent {}

    /// No attempt follows a failure that another attempt might have cured.
    ///
    /// @param attempts how many there were
    /// @param reason why the last one failed
    /// @param because why there is no other
    record GaveUp(String upstream, String call, int attempts, String reason, Because because) implements PolicyEvent {}

    /// A policy let a call not through.
    ///
    /// @param by which: `rate limit`, `bulkhead`, `concurrency limit`, `circuit breaker`, `balancer`,
    ///     `batcher`
    /// @param retryAfter when asking again makes sense, where that is known
    record Refused(String upstream, String call, String by, Optional<Duration> retryAfter) implements PolicyEvent {}

    /// A call or attempt failed at the end of its time.
    record TimedOut(String upstream, String call, Duration limit) implements PolicyEvent {}

    /// A circuit breaker changed its state.
    ///
    /// @param endpoint whose it is, empty where there is one for all
    record BreakerChanged(String upstream, String endpoint, BreakerState from, BreakerState to)
            implements PolicyEvent {}

    /// A fallback answered.
    ///
    /// @param reason why the call failed
    record FellBack(String upstream, String call, String reason) implements PolicyEvent {}

    /// A call was sent a second time beside the first.
    record Hedged(String upstream, String call) implements PolicyEvent {}

    /// The second one answered first.
    record HedgeWon(String upstream, String call) implements PolicyEvent {}

    /// The adaptive limit of concurrent calls moved.
    record LimitChanged(String upstream, int from, int to) implements PolicyEvent {}

    /// An endpoint failed too often in a row and gets no calls for a time.
    record Ejected(String upstream, Endpoint endpoint, Duration duration) implements PolicyEvent {}

    /// Health checks changed their mind about an endpoint.
    record HealthChanged(String upstream, Endpoint endpoint, boolean healthy) implements PolicyEvent {}

    /// So few endpoints are well that all are used, or enough are again.
    record Panicked(String upstream, boolean panics, int usable, int endpoints) implements PolicyEvent {}

    /// The endpoints are others.
    record EndpointsChanged(String upstream, int before, int after) implements PolicyEvent {}

    /// The source of endpoints failed; the last ones stay in use.
    record SourceFailed(String upstream, String error) implements PolicyEvent {}

    /// The store of a rate limit did not take a hint or a permit that came back; the call stays as it is.
    record StoreFailed(String upstream, String error) implements PolicyEvent {}

    /// Single calls went out as one.
    record BatchSent(String upstream, int items, long bytes) implements PolicyEvent {}

    /// Why a retry gives up.
    enum Because {
        /// All attempts were made.
        ATTEMPTS,
        /// The call may have had its effect and must not have it twice, or cannot be sent twice.
        NOT_REPEATABLE,
        /// The budget of retries for this upstream is spent.
        BUDGET,
        /// The wait would reach past the deadline.
        DEADLINE,
        /// The other side wants to be left alone for longer than one is ready to wait.
        HINT,
        /// A policy of the same call refused it.
        REFUSED
    }
}
