package io.hawser.internal.session;

import io.hawser.session.Message;
import io.hawser.session.Session;
import org.jspecify.annotations.Nullable;

/// A session that topics can reach.
public interface TopicMember extends Session {
    /// Where it is at home: sessions of equal homes are served together.
    Object home();

    /// The way to those of its home.
    TopicLane lane();

    /// What it has joined of `topics`, and null if it has joined nothing yet.
    @Nullable
    Subscriber subscriber(SessionTopics topics);

    /// As [#subscriber], made where there is none.
    Subscriber subscribing(SessionTopics topics);

    /// Offers a message that is for many. Thread: the lane.
    ///
    /// @return false if it is not queued
    boolean offerShared(SharedMessage shared);

    /// Offers a notice that is for this one alone, in front of what is offered from now on. Where there is no room
    /// it is not counted as dropped: it is offered again. Thread: the lane.
    ///
    /// @return false if there is no room; true also where nobody can be told, or never this
    boolean offerNotice(Message notice);

    /// A whole frame for all sessions of this one's wire form.
    byte[] encodeShared(Message message);

    /// A message for many was not offered to this one. Thread: the lane.
    void passedOver();

    /// Whether it has taken so much of what was queued that it may be offered more. Thread: the lane.
    boolean hasCaughtUp();
}
