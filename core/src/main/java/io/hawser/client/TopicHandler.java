package io.hawser.client;

import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;

/// Gets what is published to a topic, in order and once.
///
/// Thread: a virtual one of the subscription, which may block; calls come one after another.
///
/// Errors: what it throws is logged, and the next message comes all the same.
@FunctionalInterface
public interface TopicHandler {
    void message(TopicEvent event) throws Exception;

    /// Messages of a log were missed and cannot be had: what the application keeps of the topic has to
    /// come from elsewhere, and goes on from `position`.
    default void resync(String topic, ResyncReason reason, Position position) throws Exception {}

    /// Messages of live topics are missing before the next one: dropped, because they were not read fast
    /// enough, or missed, as when the nodes of the hub could not reach each other.
    ///
    /// @param missed how many; 0 if nobody knows
    default void gap(long missed) throws Exception {}
}
