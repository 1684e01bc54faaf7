package io.hawser.internal.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.io.ConnectionLimits;
import io.hawser.tcp.Framing;
import io.hawser.testing.FakeTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Bytes that a read under way still brings to a connection that has stopped reading.
class PausedReadingTest {
    private static final int LINE_LIMIT = 16;

    private final StubbornChannel channel = new StubbornChannel();
    private final HandDispatcher dispatcher = HandDispatcher.queued();
    private final List<String> lines = new ArrayList<>();

    private void link() {
        LinkGroup group = new LinkGroup(ConnectionLimits.defaults(), dispatcher, false, new FakeTime());
        TcpLink<String> link =
                new TcpLink<>(group, Framing.lines(LINE_LIMIT), (connection, line) -> lines.add(line), channel);
        channel.pipeline().addLast(link);
        link.start(null);
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
        dispatcher.runAll();
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    private void receive(List<String> sent) {
        channel.read((String.join("\n", sent) + "\n").getBytes(UTF_8));
    }

    @Test
    void whatWaitsInAPausedLinkIsNotJoinedWithWhatComesBehindIt() {
        link();
        receive(numbered(0, 66));
        assertThat(channel.config().isAutoRead()).as("64 lines are unhandled").isFalse();
        receive(numbered(66, 70));
        settle();
        assertThat(lines).isEqualTo(numbered(0, 70));
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void bytesThatComeBetweenTheLastHandlerAndTheResumeAreNotJoinedWithWhatWaits() {
        link();
        receive(numbered(0, 66));
        dispatcher.runAll();
        receive(numbered(66, 70));
        settle();
        assertThat(lines).isEqualTo(numbered(0, 70));
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aLineCutWhilePausedIsWholeWhenItGoesOn() {
        link();
        receive(numbered(0, 65));
        channel.read("line 6".getBytes(UTF_8));
        channel.read("5\n".getBytes(UTF_8));
        settle();
        assertThat(lines).isEqualTo(numbered(0, 66));
    }

    /// Handlers, and then what they let the loop do, until nothing is left.
    private void settle() {
        while (dispatcher.waiting() > 0) {
            dispatcher.runAll();
            channel.runPendingTasks();
        }
    }
}
