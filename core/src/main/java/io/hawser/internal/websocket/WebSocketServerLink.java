package io.hawser.internal.websocket;

import io.hawser.internal.session.PreparingHandler;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.session.SessionHandler;
import io.netty.channel.Channel;

/// The server's side of a connection, from the answer to its handshake on.
final class WebSocketServerLink extends WebSocketLink {
    private final SessionHandler handler;
    private final Agreed agreed;

    /// A link on `channel`.
    ///
    /// @param writer of all connections of the server
    WebSocketServerLink(
            SessionRegistry sessions,
            WebSocketSettings settings,
            FrameWriter writer,
            SessionHandler handler,
            Agreed agreed,
            Channel channel) {
        super(sessions, settings, writer, channel);
        this.handler = handler;
        this.agreed = agreed;
    }

    @Override
    protected SessionHandler handler() {
        return handler;
    }

    @Override
    protected void started() {
        if (handler instanceof PreparingHandler preparing) preparing.prepare(this);
        open(agreed);
    }

    /// After its close frame a client sends nothing, and waits for the end of the connection. If the rest of a
    /// message came all the same, a connection that is closed would be reset, and our close frame be lost
    /// with it.
    ///
    /// Source: RFC 6455, sections 5.5.1 and 7.1.1
    @Override
    protected boolean hasPromisedSilence() {
        return hasPeerSaidGoodbye() && !wasPeerInAMessage();
    }

    /// A peer that answers no ping is idle, and there is a limit for that.
    @Override
    long pongTimeoutNanos() {
        return Long.MAX_VALUE;
    }
}
