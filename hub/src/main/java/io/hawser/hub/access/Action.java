package io.hawser.hub.access;

/// What a peer may be allowed to do.
public enum Action {
    SUBSCRIBE,
    PUBLISH,
    /// A direct message to one session.
    SEND,
    /// A message to every session.
    BCAST,
    WHO,
    /// To read what was published before: a subscription with a position needs it.
    HISTORY;

    /// Whether it is done to a topic.
    public boolean hasTopic() {
        return this != SEND && this != BCAST;
    }
}
