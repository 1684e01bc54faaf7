package io.hawser.internal.client;

import io.hawser.internal.link.Link;
import io.hawser.internal.session.SessionRegistry;
import io.netty.channel.Channel;

/// What a protocol adds to a [ReconnectingClient].
public interface ClientProtocol<L extends Link & ClientLink> {
    /// As it is for the next connection. What it throws is why that cannot be made.
    ///
    /// Thread: that of the client, or of whoever opens it; it may wait.
    default ClientProtocol<L> next() throws Exception {
        return this;
    }

    /// Connects once.
    ///
    /// Errors: those of [io.hawser.internal.tcp.Connector#connect]. Thread: as of [#next()].
    default L connect(Connecting to) {
        return to.connector().connect(to.endpoint(), channel -> link(to.sessions(), to.queue(), channel));
    }

    /// Ends what connections have in common, behind the last of them. Thread: any.
    default void close() {}

    /// A new connection, whose channel is there. Thread: its event loop.
    L link(SessionRegistry sessions, SendQueue queue, Channel channel);

    /// Checks the size of a message before it is queued.
    ///
    /// @throws io.hawser.LimitExceeded if no connection would send a message of that size
    void checkSize(int messageBytes);

    /// Whether a server that ended a connection with `code` would do so again.
    boolean isFinal(int code);
}
