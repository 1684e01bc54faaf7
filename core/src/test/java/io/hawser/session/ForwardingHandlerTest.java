package io.hawser.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Decorator;
import io.hawser.io.ExecutionMode;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForwardingHandlerTest {
    private static final Session ANY = (Session)
            Proxy.newProxyInstance(Session.class.getClassLoader(), new Class<?>[] {Session.class}, (_, _, _) -> null);

    private record Kept(List<String> calls) implements SessionHandler {
        @Override
        public void opened(Session session) {
            calls.add("opened");
        }

        @Override
        public void message(Session session, Message message) {
            calls.add(message.text());
        }

        @Override
        public void closed(Session session, CloseReason reason) {
            calls.add("closed " + reason.code());
        }

        @Override
        public ExecutionMode mode() {
            return ExecutionMode.EVENT_LOOP;
        }
    }

    private record Louder(SessionHandler decorated) implements ForwardingHandler {
        @Override
        public void message(Session session, Message message) throws Exception {
            decorated.message(session, Message.text(message.text() + "!"));
        }
    }

    private final List<String> calls = new ArrayList<>();
    private final SessionHandler louder = new Louder(new Kept(calls));

    @Test
    void whatItDoesNotDoItselfTheOtherDoes() throws Exception {
        louder.opened(ANY);
        louder.message(ANY, Message.text("hello"));
        louder.closed(ANY, CloseReason.NORMAL);

        assertThat(calls).containsExactly("opened", "hello!", "closed " + CloseReason.NORMAL.code());
    }

    @Test
    void itRunsWhereTheOtherDoesUnlessToldOtherwise() {
        assertThat(louder.mode()).isEqualTo(ExecutionMode.EVENT_LOOP);
        assertThat(louder.in(ExecutionMode.VIRTUAL).mode()).isEqualTo(ExecutionMode.VIRTUAL);
    }

    @Test
    void theOneInsideStaysVisible() {
        assertThat(Decorator.innermost(louder.in(ExecutionMode.VIRTUAL))).isEqualTo(new Kept(calls));
    }
}
