package io.hawser.policy;

import java.time.Duration;

/// What a policy did that was more than passing a call on.
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
