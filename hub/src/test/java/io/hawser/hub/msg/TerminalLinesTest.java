package io.hawser.hub.msg;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.hub.v1.ScriptedSession;
import io.hawser.session.CloseReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

/// What somebody sees who sits at a terminal.
final class TerminalLinesTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private TerminalLines typed(String keys) throws IOException {
        return TerminalLines.on(new DumbTerminal(
                "test",
                "dumb",
                new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                screen,
                StandardCharsets.UTF_8));
    }

    private String seen() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineIsTakenAsItIsTypedAnEmptyOneIsNoneAndTheEndIsTheEnd() throws IOException {
        try (TerminalLines lines = typed("\nwow !1 grüße\n")) {
            assertThat(lines.read()).contains(Bytes.ofUtf8("wow !1 grüße"));
            assertThat(lines.read()).isEmpty();
            assertThat(lines.isInteractive()).isTrue();
        }
        assertThat(seen()).contains("> ");
    }

    @Test
    void whatComesIsShownAndWhatIsSaidBesideItStandsInBrackets() throws IOException {
        try (TerminalLines lines = typed("")) {
            Conversation conversation = new Conversation(lines, 0, code -> code == CloseReason.NORMAL.code());
            lines.show("a message");
            conversation.closed(new ScriptedSession("s-7"), CloseReason.LOST);
        }
        assertThat(seen()).contains("a message", "(connection ended (", "trying again)");
    }

    @Test
    void whoEndsTheInputWaitsForNothing() throws Exception {
        try (TerminalLines lines = typed("")) {
            Conversation conversation = new Conversation(lines, 0, code -> true);
            conversation.sending();
            conversation.inputEnded();
            assertThat(conversation.awaitEnd(Duration.ofHours(1))).isTrue();
        }
        assertThat(seen()).doesNotContain("messages came");
    }
}
