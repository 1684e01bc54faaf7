package io.hawser.cluster;

import java.util.Map;
import java.util.Optional;

/// The subscriptions of one [Subscriber].
///
/// Thread: safe from any; nothing waits.
public interface Follower extends AutoCloseable {
    /// Subscribes. A subscription to the same topic or pattern is replaced, and its answer, if it has none yet,
    /// is that it failed.
    ///
    /// With a position, all since comes first, or [Subscriber#resync] says why not; without one, what is
    /// published from now on. A message that several subscriptions match comes once.
    ///
    /// @throws IllegalArgumentException for a pattern with a position: patterns have no history
    /// @throws io.hawser.LimitExceeded over the limit on subscriptions
    /// @throws io.hawser.Rejected once it is closed
    void subscribe(TopicPattern pattern, Optional<Position> from, SubscribeAnswer answer);

    /// Ends a subscription.
    ///
    /// @return whether there was one
    boolean unsubscribe(TopicPattern pattern);

    /// Goes on with the subscription to a log, if there is one, behind a position that the subscriber gives:
    /// what was handed to it may not have reached it. All since comes again, or [Subscriber#resync] says why
    /// not.
    void rejoin(TopicPattern topic, Position at);

    /// Goes on with a subscription that was another follower's, when there is room. A subscription to the
    /// same topic or pattern is replaced.
    ///
    /// @param at where it was; [Position#NONE] if it has no positions
    /// @throws io.hawser.LimitExceeded over the limit on subscriptions
    /// @throws io.hawser.Rejected once it is closed
    void restore(TopicPattern pattern, Position at);

    /// All subscriptions, and behind which message each is; [Position#NONE] where there are no positions.
    Map<TopicPattern, Position> subscriptions();

    /// How many subscriptions there are.
    int count();

    /// Behind which message the subscription to a log is; empty if there is none.
    Optional<Position> position(Topic topic);

    /// Goes on with what waits for room. Whoever does not call it is asked by [Subscriptions#sweep].
    void room();

    /// Ends all subscriptions.
    @Override
    void close();
}
