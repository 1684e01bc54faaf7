package io.hawser.cluster;

/// Who gets the messages of topics: a session, as a rule.
///
/// Thread: calls for one subscription come one after another, in order. None may block, and none may call the
/// [Follower] back.
public interface Subscriber {
    /// Takes a message, or says that there is no room for it.
    ///
    /// A log is then left until there is room and caught up from its history; of live topics the oldest
    /// messages that wait are dropped, and [#gap] tells of them.
    ///
    /// Errors: [io.hawser.LimitExceeded] if it is larger than can ever be taken: then [#resync], with the
    /// reason `limit`, or [#gap] tells of it in its place. After anything else that is thrown a log is caught
    /// up from its history after a while, and a message of a live topic counts as dropped.
    ///
    /// @return false if it was not taken
    boolean message(TopicMessage message);

    /// Messages of live topics were dropped, before those that follow, or may have been missed.
    ///
    /// @param subscription the topic or pattern that was subscribed to
    /// @param missed how many; 0 if nobody knows, as when what comes from other nodes was interrupted
    /// @return false if it could not be told, and is to be told again when there is room
    boolean gap(TopicPattern subscription, long missed);

    /// What came after the last message cannot be had; what follows comes after `head`.
    ///
    /// @return false if it could not be told, and is to be told again when there is room
    boolean resync(Topic topic, ResyncReason reason, Position head);

    /// Whether [#message] would be taken, as far as can be told.
    boolean hasRoom();

    /// Whether there is somebody who could have room soon. Who is away is not asked again by
    /// [Subscriptions#sweep]: when he is back, [Follower#room] has to be called.
    default boolean isHere() {
        return true;
    }
}
