package io.hawser.websocket;

import io.hawser.Bytes;
import io.hawser.SessionClosed;
import io.hawser.internal.client.ReconnectingClient;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import io.hawser.session.Session;
import io.hawser.tcp.ConnectionState;
import java.util.Iterator;
import java.util.Optional;

/// A WebSocket client that stays connected: when the server is gone it comes back, and what is sent
/// meanwhile waits, bounded, for the next connection.
///
/// ```java
/// try (WebSocket feed = WebSockets.connect(WebSocketClientConfig.to("wss://example.org/feed"),
///         session -> session.send(Message.text("{\"subscribe\":\"ticks\"}")))) {
///     for (Message tick : feed) show(tick.text());
/// }
/// ```
///
/// Each connection is a [Session] of its own. A server that closes with 1000, with a code that says that the
/// same would happen again (1002, 1003, 1007 to 1010, 4000 to 4499), or that answers the handshake with a
/// status from 400 to 499 but 408, 425 and 429 (code 4400 to 4499), is not tried again: the client closes.
/// So it does where its own side ends a session with such a code: by [Session#close()], or because what the
/// server sends breaks the protocol or a limit. What the client holds goes with [#close()] only.
///
/// Thread: safe from any.
public final class WebSocket implements AutoCloseable, Iterable<Message> {
    private final ReconnectingClient<?> client;

    WebSocket(ReconnectingClient<?> client) {
        this.client = client;
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
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    public Receipt send(Message message) {
        return client.send(message);
    }

    /// As [#send(Message)], of text.
    public Receipt send(String text) {
        return send(Message.text(text));
    }

    /// As [#send(Message)], of bytes.
    public Receipt send(Bytes bytes) {
        return send(Message.binary(bytes));
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
