package io.hawser.hub;

import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;

/// Sends every message back as it came.
record EchoHandler(Answers answers) implements SessionHandler {
    @Override
    public void message(Session session, Message message) {
        answers.answer(session, message);
    }
}
