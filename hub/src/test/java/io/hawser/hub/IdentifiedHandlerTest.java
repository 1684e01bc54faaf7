package io.hawser.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.access.Identity;
import io.hawser.hub.v1.ScriptedSession;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import org.junit.jupiter.api.Test;

final class IdentifiedHandlerTest {
    private final ScriptedSession session = new ScriptedSession("s1");

    @Test
    void whoThePeerIsIsKnownBeforeTheSessionIsOpened() throws Exception {
        SessionHandler asks = new SessionHandler() {
            @Override
            public void opened(Session opened) {
                var _ = opened.offer(Message.text(
                        opened.attribute(Identity.KEY).orElse(Identity.ANYONE).user()));
            }

            @Override
            public void message(Session of, Message message) {}
        };
        IdentifiedHandler handler = new IdentifiedHandler(Identity.of("ann"), asks);

        handler.prepare(session);
        handler.opened(session);

        assertThat(session.sent).extracting(Message::text).containsExactly("ann");
    }
}
