package io.hawser.hub;

import io.hawser.ProtocolError;
import io.hawser.hub.v1.Brought;
import io.hawser.hub.v1.Delivery;
import io.hawser.hub.v1.Payload;
import io.hawser.hub.v1.Sender;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.util.concurrent.CompletableFuture;

/// Texts by which peers that know no protocol talk to each other.
///
/// - `BROADCAST` sends `Broadcast from CLIENT` to every session of every node, the sender's too.
/// - `PRIVATE:SESSION:TEXT` sends `Private from CLIENT: TEXT` to that session, on whatever node, and nothing
///   to the sender.
/// - Anything else comes back as `Echo: TEXT`.
///
/// Errors: bytes that are no UTF-8 end the session with 4004.
///
/// Source: docs/PROTOCOL.md, section 4
record ManagedHandler(Answers answers, Delivery delivery) implements SessionHandler {
    private static final String PRIVATE = "PRIVATE:";

    @Override
    public void message(Session session, Message message) {
        String text;
        try {
            text = message.text();
        } catch (ProtocolError e) {
            session.close(CloseReason.of(e.code(), String.valueOf(e.getMessage())));
            return;
        }
        int colon = text.startsWith(PRIVATE) ? text.indexOf(':', PRIVATE.length()) : -1;
        if (text.equals("BROADCAST")) {
            var _ = delivery.bringAll(sender(session), Payload.text("Broadcast from " + session.clientId()));
        } else if (colon >= 0) {
            sendPrivate(session, text.substring(PRIVATE.length(), colon), text.substring(colon + 1));
        } else {
            answers.answer(session, Message.text("Echo: " + text));
        }
    }

    private static Sender sender(Session session) {
        return new Sender(session.id(), "");
    }

    private void sendPrivate(Session sender, String to, String text) {
        Payload payload = Payload.text("Private from " + sender.clientId() + ": " + text);
        CompletableFuture<Brought> brought = delivery.bring(to, sender(sender), payload, "");
        Answers answer = brought.isDone() ? answers : Answers.LATER;
        var _ = brought.handle((what, failure) -> failure == null ? problem(what) : " cannot be reached")
                .thenAccept(problem -> {
                    if (!problem.isEmpty()) answer.answer(sender, Message.text("ERROR: Session " + to + problem));
                });
    }

    private static String problem(Brought brought) {
        return switch (brought) {
            case YES -> "";
            case FULL -> " reads too slowly";
            case NO_SESSION, NO_FORM -> " not found";
            case TOO_LARGE -> " takes no text so long";
        };
    }
}
