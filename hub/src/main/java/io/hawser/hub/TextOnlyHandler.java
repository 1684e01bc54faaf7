package io.hawser.hub;

import io.hawser.session.CloseReason;
import io.hawser.session.ForwardingHandler;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;

/// Ends WebSocket sessions that send what is not text.
///
/// Source: RFC 6455, section 7.4.1
record TextOnlyHandler(SessionHandler decorated) implements ForwardingHandler {
    private static final CloseReason NOT_TEXT = CloseReason.of(1003, "only text here");

    @Override
    public void message(Session session, Message message) throws Exception {
        if (message.isText()) decorated.message(session, message);
        else session.close(NOT_TEXT);
    }
}
