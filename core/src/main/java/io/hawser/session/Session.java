package io.hawser.session;

import io.hawser.Endpoint;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/// One live peer: a WebSocket, an MSGI connection or a stream of server-sent events.
///
/// Thread: every method may be called from any thread.
public interface Session extends AutoCloseable {
    /// Names this session among all of the server; not a secret.
    String id();

    /// The name that the client gave itself when it said hello, and [#id()] where it gave none. The session
    /// of a client has the client's own.
    String clientId();

    /// What it speaks: `msgi`, `websocket` or `events`; empty for what is none of Hawser's own.
    default String protocol() {
        return "";
    }

    /// Whether messages follow a protocol that both sides agreed on: by a hello in MSGI, by a
    /// subprotocol in WebSocket. A peer without one exchanges opaque messages.
    boolean isGreeted();

    Endpoint remote();

    /// The TLS session of the connection, where there is one; it knows the certificate of a peer that
    /// has shown one.
    Optional<SSLSession> tls();

    SessionState state();

    /// When the connection was made, by the clock of this machine.
    Instant connectedAt();

    /// When bytes last came in or went out, exact to about a second.
    Instant lastActivity();

    SessionStats stats();

    /// What the application keeps with this session under `key`.
    <T> Optional<T> attribute(Key<T> key);

    /// Keeps `value` with this session, in place of what there was under `key`.
    <T> void attribute(Key<T> key, T value);

    /// Queues `message`, and waits while the queue is over its soft bound.
    ///
    /// Thread: may block, so it is refused on an event loop, where [#offer(Message)] is the call.
    ///
    /// @throws io.hawser.SessionClosed if the session ends before the message is queued
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    /// @throws io.hawser.LimitExceeded if the message is longer than the protocol is configured to send
    /// @throws IllegalArgumentException if it is binary and this is a stream of events, which are text
    /// @throws IllegalStateException on an event loop
    void send(Message message);

    /// Queues `message` if the queue is below its soft bound and the message fits below the hard one,
    /// and never waits. Whatever its length, a message fits an empty queue.
    ///
    /// @throws io.hawser.LimitExceeded if the message is longer than the protocol is configured to send
    /// @throws IllegalArgumentException if it is binary and this is a stream of events, which are text
    Offer offer(Message message);

    /// Says goodbye with `reason` behind everything that is queued, then closes. Returns at once; the
    /// first reason counts.
    void close(CloseReason reason);

    /// Closes with [CloseReason#NORMAL].
    @Override
    default void close() {
        close(CloseReason.NORMAL);
    }

    /// Cuts the connection now; what is queued is dropped.
    void abort();
}
