package io.hawser.http;

import io.hawser.session.Offer;
import io.hawser.session.Session;

/// A [Session] whose peer listens to server-sent events.
///
/// A text message is the data of an event; a binary one is an [IllegalArgumentException]. The peer sends
/// nothing back, and of a goodbye it learns only that the stream has ended, upon which browsers reconnect. Its
/// handler is called on virtual threads, whatever its mode.
public interface EventSession extends Session {
    /// The request that opened it.
    Request request();

    /// The id of the last event that the peer has seen, empty if it says none.
    String lastEventId();

    /// Queues `event`, like [Session#send(Message)].
    void send(ServerSentEvent event);

    /// Queues `event` if there is room, like [Session#offer(Message)].
    Offer offer(ServerSentEvent event);
}
