package io.hawser.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.access.Identity;
import io.hawser.hub.v1.ScriptedSession;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IdentifiedHandlerTest {
    private final ScriptedSession session = new ScriptedSession("s1");
    private final List<Identity> known = new ArrayList<>();

    @Test
    void whoThePeerIsIsKnownBeforeTheSessionIsOpened() throws Exception {
        SessionHandler asks = new SessionHandler() {
            @Override
            public void opened(Session opened) {
                opened.attribute(Identity.KEY).ifPresent(known::add);
            }

            @Override
            public void message(Session of, Message message) {}
        };
        IdentifiedHandler handler = new IdentifiedHandler(Identity.of("ann"), asks);

        handler.prepare(session);
        handler.opened(session);

        assertThat(known).containsExactly(Identity.of("ann"));
    }
}
