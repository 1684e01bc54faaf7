package io.hawser.messaging;

import io.hawser.SessionClosed;
import io.hawser.internal.client.ReconnectingClient;
import io.hawser.internal.messaging.MessagingClients;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectionState;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Talks to a messaging server, and stays connected: what is sent while the server is away waits, bounded,
/// for the next connection.
///
/// ```java
/// MessagingClientConfig config = MessagingClientConfig.to("meter-7", Endpoint.parse("localhost:7000"));
/// try (MessagingClient client = MessagingClient.open(config)) {
///     client.send(Message.text("hello"));
///     Message answer = client.receive();
/// }
/// ```
///
/// Each connection is a [Session] of its own to the handler. A server that says goodbye with a code from 4000
/// to 4499 is not tried again: the client closes. So it does where its own side ends a session with such a
/// code: by [Session#close(CloseReason)], or because what the server sends breaks the protocol or a limit.
/// What the client holds goes with [#close()] only.
///
/// Thread: safe from any.
public final class MessagingClient implements AutoCloseable, Iterable<Message> {
    private final ReconnectingClient<?> client;

    private MessagingClient(ReconnectingClient<?> client) {
        this.client = client;
    }

    /// Connects; messages wait to be received: at most 64, and as many as may be in flight
    /// ([io.hawser.io.ConnectionLimits#maxInFlight()]), before reading from the server stops.
    ///
    /// @throws io.hawser.ConnectFailed if none of the servers can be reached, or answers in time
    /// @throws io.hawser.ConnectionLost if one ended the connection during the greeting
    /// @throws SessionClosed if a server refused the hello
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    /// @throws io.hawser.StartupFailed if TLS settings cannot be used, or the library of a codec is absent
    /// @throws io.hawser.Rejected if so many look-ups of names hang that none could begin
    /// @throws IllegalStateException on an event loop
    public static MessagingClient open(MessagingClientConfig config) {
        return new MessagingClient(MessagingClients.pulled(config));
    }

    /// Connects, as [#open(MessagingClientConfig)]; messages go to `handler`.
    public static MessagingClient open(MessagingClientConfig config, SessionHandler handler) {
        return new MessagingClient(MessagingClients.handled(config, handler));
    }

    /// The name in its hello.
    public String id() {
        return client.id();
    }

    /// CONNECTED while messages flow, DISCONNECTED and CONNECTING while it tries to come back, CLOSED for
    /// good.
    public ConnectionState state() {
        return client.state();
    }

    /// The session of the connection that is open now.
    public Optional<Session> session() {
        return client.session();
    }

    /// Why the last connection ended, or the client gave up; empty if none did.
    public Optional<CloseReason> lastCloseReason() {
        return client.lastReason();
    }

    /// Hands `message` to the connection, waiting while its queue is full, or keeps it until there is one.
    ///
    /// @return what becomes of it
    /// @throws io.hawser.Rejected if there is no connection and no room to keep it
    /// @throws SessionClosed if the client has closed
    /// @throws IllegalStateException on an event loop
    /// @throws io.hawser.LimitExceeded if it is longer than the configuration allows
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    public Receipt send(Message message) {
        return client.send(message);
    }

    /// Sends `messages` in order. Where it throws, those before were accepted.
    public List<Receipt> sendAll(List<Message> messages) {
        return messages.stream().map(this::send).toList();
    }

    /// Messages that wait for a connection.
    public int queuedMessages() {
        return client.keptMessages();
    }

    /// Waits for the next message, across reconnections.
    ///
    /// @throws SessionClosed once the client has closed and all that came is received
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    /// @throws IllegalStateException if the client has a handler, which gets the messages, or on an event
    ///     loop
    public Message receive() {
        return client.receive();
    }

    /// Receives until the client closes; each iterator takes what no other has taken.
    ///
    /// Errors: those of [#receive()] but for [SessionClosed], which is its end.
    @Override
    public Iterator<Message> iterator() {
        return client.iterator();
    }

    /// Sends what the connection has been given, says goodbye and closes; what waits for a connection is
    /// lost, as its [Receipt] says. Waits at most about 10 s for a server that does not take the goodbye.
    ///
    /// @throws IllegalStateException on an event loop, which must not wait
    @Override
    public void close() {
        client.close();
    }
}
