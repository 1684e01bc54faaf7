package io.hawser.hub.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.hub.v1.ScriptedSession;
import io.hawser.internal.session.GreetingHandler;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

final class SessionLogContextTest {
    private final List<String> seen = new ArrayList<>();
    private final Session session = new ScriptedSession("s-7");

    private final SessionHandler handler = new SessionHandler() {
        @Override
        public void opened(Session opened) {
            seen.add("opened " + MDC.get("session"));
        }

        @Override
        public void message(Session from, Message message) {
            seen.add("message " + MDC.get("session"));
            if (message.bytes().isEmpty()) throw new IllegalStateException("empty");
        }

        @Override
        public void closed(Session closed, CloseReason reason) {
            seen.add("closed " + MDC.get("session"));
        }
    };

    @Test
    void whateverIsLoggedWhileASessionIsHandledHasItsIdAndNothingElseHas() throws Exception {
        SessionHandler within = SessionLogContext.around(handler);
        within.opened(session);
        within.message(session, Message.binary(Bytes.ofUtf8("x")));
        assertThatThrownBy(() -> within.message(session, Message.binary(Bytes.EMPTY)))
                .hasMessage("empty");
        within.closed(session, CloseReason.NORMAL);
        assertThat(seen).containsExactly("opened s-7", "message s-7", "message s-7", "closed s-7");
        assertThat(MDC.get("session")).isNull();
        assertThat(within.mode()).isEqualTo(ExecutionMode.VIRTUAL);
        assertThat(within).isInstanceOf(GreetingHandler.class);
    }

    @Test
    void onAnEventLoopNothingIsAround() {
        SessionHandler inline = handler.in(ExecutionMode.EVENT_LOOP);
        assertThat(SessionLogContext.around(inline)).isSameAs(inline);
    }
}
