/// Policies that make any call survive a bad network: retry, time limits, breakers, bulkheads, balancing and
/// more.
///
/// ```java
/// Policy policy = Policy.of(Timeout.overall(ofSeconds(9)), Retry.defaults(), CircuitBreaker.defaults());
/// String answer = policy.call(() -> client.ask("ping"));
/// ```
///
/// A [io.hawser.policy.Policy] wraps a [io.hawser.policy.Call] and keeps its type. All of one call share one
/// [io.hawser.policy.Classifier], so they cannot disagree about what a failure is, and the one
/// [io.hawser.Deadline] bounds all of them.
@NullMarked
package io.hawser.policy;

import org.jspecify.annotations.NullMarked;
