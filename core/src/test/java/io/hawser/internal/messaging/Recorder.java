package io.hawser.internal.messaging;

import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A handler that writes down what it is told, and answers what a test gives it to.
class Recorder implements SessionHandler {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final SessionHandler then;

    Recorder(SessionHandler then) {
        this.then = then;
    }

    static Recorder silent() {
        return new Recorder((session, message) -> {});
    }

    static Recorder echo() {
        return new Recorder((session, message) -> session.offer(message));
    }

    List<String> told() {
        return told;
    }

    @Override
    public void opened(Session session) throws Exception {
        told.add("opened");
        then.opened(session);
    }

    @Override
    public void message(Session session, Message message) throws Exception {
        told.add("message " + described(message));
        then.message(session, message);
    }

    String described(Message message) {
        return message.text();
    }

    @Override
    public void closed(Session session, CloseReason reason) {
        told.add("closed " + reason.code());
        then.closed(session, reason);
    }
}
