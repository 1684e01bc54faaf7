package io.hawser.testkit;

/// Everything that a [io.hawser.cluster.Backplane] promises, as tests: a test class that implements it runs them.
///
/// ```java
/// final class LocalBackplaneTest implements BackplaneContract {
///     public Backplane start(TopicRules rules) {
///         return LocalBackplane.start("node", rules);
///     }
/// }
/// ```
public interface BackplaneContract extends PublishingContract, RecoveryContract, ClusterContract {}
