package io.hawser.internal.process;

import io.hawser.session.CloseReason;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;

/// Makes a [Dialogue] of every session.
public record DialogueHandler(Conversing side) implements SessionHandler {
    private static final Key<Dialogue> DIALOGUE = Key.of("dialogue");

    @Override
    public void opened(Session session) {
        Dialogue dialogue = new Dialogue(session, side);
        session.attribute(DIALOGUE, dialogue);
        side.begun(dialogue);
    }

    @Override
    public void message(Session session, Message message) {
        session.attribute(DIALOGUE).orElseThrow().received(message);
    }

    @Override
    public void closed(Session session, CloseReason reason) {
        session.attribute(DIALOGUE).ifPresent(dialogue -> {
            dialogue.ended(reason);
            side.ended(dialogue);
        });
    }
}
