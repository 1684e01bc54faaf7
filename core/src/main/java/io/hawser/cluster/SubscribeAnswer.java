package io.hawser.cluster;

import io.hawser.HawserException;

/// What came of a subscription: exactly one of the two, once, before its first message; `failed` too where it
/// was ended or replaced before it began. Where `subscribe` throws, neither is called.
///
/// Thread: the one that subscribes, or one that reads the history. Must not block, nor call the [Follower].
public interface SubscribeAnswer {
    /// It is there.
    ///
    /// @param head of the topic; [Position#NONE] where it has no history
    /// @param isRecovered whether it is proved that nothing since the position that was asked for is lost
    /// @param missed how many messages come now because they were missed
    void subscribed(Position head, boolean isRecovered, int missed);

    /// It is not: [io.hawser.Cancelled] where it was ended or replaced before it began.
    void failed(HawserException reason);
}
