package io.hawser.internal.http.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.http.ServerSentEvent;
import io.hawser.testing.Fuzzing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Any bytes are events, or over a limit; cut anywhere they are the same.
public final class EventFuzzTest {
    private static final int MAX_LINE = 64;
    private static final int MAX_EVENT = 256;

    private record Outcome(List<ServerSentEvent> events, String lastId, boolean over) {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Outcome> outcomes =
                Fuzzing.cuts(input).stream().map(EventFuzzTest::read).toList();
        assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
        for (ServerSentEvent event : outcomes.getFirst().events) {
            assertThat(event.data().length()).isLessThanOrEqualTo(MAX_EVENT);
            assertThat(event.id()).doesNotContain("\r", "\n", "\0");
        }
    }

    private static Outcome read(List<byte[]> pieces) {
        EventParser parser = new EventParser(MAX_LINE, MAX_EVENT);
        List<ServerSentEvent> events = new ArrayList<>();
        boolean over = false;
        for (byte[] piece : pieces) {
            try {
                parser.take(Bytes.wrap(piece));
            } catch (LimitExceeded tooLong) {
                over = true;
            }
            for (ServerSentEvent event = parser.next(); event != null; event = parser.next()) events.add(event);
            if (over) break;
        }
        return new Outcome(events, parser.lastId(), over);
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "data: a\n\n",
                "\u00ef\u00bb\u00bfid: 1\r\nevent: x\rdata:b\ndata: c\r\n\r\nretry: 10\n\n",
                ": comment\n\ndata\n\nid\ndata: \u00c3\u00a9\n\n",
                "data: " + "x".repeat(50) + "\ndata: " + "y".repeat(50) + "\n\n",
                "id: a\0b\ndata: z\n\ndata: cut");
    }

    @Test
    void aTypeWithANulIsNone() {
        List<ServerSentEvent> events = read(Fuzzing.seeds("event: a\0b\ndata: c\n\n")).events;
        assertThat(events).containsExactly(ServerSentEvent.of("c"));
    }

    @Test
    void anyBytesAreEventsOrTooLongHoweverCut() {
        Fuzzing.check(seeds(), EventFuzzTest::fuzzerTestOneInput);
    }
}
