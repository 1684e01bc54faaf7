package io.hawser.internal.websocket;

import io.hawser.internal.http.Takeover;
import io.hawser.internal.tcp.Guests;
import io.hawser.session.SessionHandler;
import io.hawser.websocket.WebSocketConfig;
import io.netty.channel.Channel;

/// The connection of an accepted request, on its way to be a session.
///
/// @param handler of that one session
record WebSocketUpgrade(WebSocketConfig config, SessionHandler handler, Agreed agreed) implements Takeover {
    @Override
    public String protocol() {
        return "websocket";
    }

    @Override
    public void take(Handover handover) {
        Channel channel = handover.channel();
        WebSocketSessions.Kind kind = new WebSocketSessions.Kind(config, handler.mode());
        WebSocketSessions sessions = Guests.of(channel).group(kind, threads -> new WebSocketSessions(kind, threads));
        WebSocketServerLink link =
                new WebSocketServerLink(sessions, sessions.settings, sessions.writer, handler, agreed, channel);
        channel.pipeline().addLast(link);
        link.start(handover.first());
    }
}
