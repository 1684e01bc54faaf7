package io.hawser.internal.topic;

import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicPattern;

/// One subscription without a history: to a live topic or by pattern.
final class LiveSubscription {
    private final TopicFollower follower;
    private final TopicPattern pattern;

    LiveSubscription(TopicFollower follower, TopicPattern pattern) {
        this.follower = follower;
        this.pattern = pattern;
    }

    TopicPattern pattern() {
        return pattern;
    }

    void message(TopicMessage message) {
        follower.live(this, message);
    }

    /// The same in each run, so that a simulation that is repeated finds the same order in a set.
    @Override
    public int hashCode() {
        return follower.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    /// Messages may have been missed; nobody knows how many.
    void interrupted() {
        follower.interrupted(this);
    }
}
