package io.hawser.cluster;

import io.hawser.TimeSource;
import io.hawser.internal.topic.Followers;

/// Follows the topics of a [Backplane] for many subscribers, and keeps what they are promised: of a log every
/// message once and in order, or word of the hole; of a live topic what there is room for, or word of the gap.
///
/// ```java
/// Subscriptions subscriptions = Subscriptions.over(backplane);
/// Follower follower = subscriptions.follow(subscriber);
/// follower.subscribe(TopicPattern.of("room.42"), lastPosition, answer);
/// ```
///
/// Thread: safe from any; nothing waits. [#sweep] has to be called now and then.
public final class Subscriptions implements AutoCloseable {
    private final Followers followers;

    private Subscriptions(Followers followers) {
        this.followers = followers;
    }

    /// With the default limits, on the system's time.
    public static Subscriptions over(Backplane backplane) {
        return over(backplane, FollowLimits.defaults(), TimeSource.system());
    }

    /// With limits and time of the caller's.
    public static Subscriptions over(Backplane backplane, FollowLimits limits, TimeSource time) {
        return new Subscriptions(new Followers(backplane, limits, time));
    }

    /// A follower without subscriptions.
    ///
    /// Owner: closes it.
    public Follower follow(Subscriber subscriber) {
        return followers.follow(subscriber);
    }

    /// Goes on with every follower that waited for room and has some now. Call it every 10 to 50 ms; where nobody
    /// waits it costs nothing.
    ///
    /// @return how many still wait
    public int sweep() {
        return followers.sweep();
    }

    public SubscriptionStats stats() {
        return followers.stats();
    }

    /// Stops listening: followers hear nothing more of what is published. They are closed by their owners, before
    /// it or after.
    @Override
    public void close() {
        followers.close();
    }
}
