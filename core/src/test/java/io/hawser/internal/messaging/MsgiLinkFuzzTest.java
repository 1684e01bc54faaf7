package io.hawser.internal.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.Message;
import io.hawser.testing.Fuzzing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever a peer of MSGI sends: the handler hears the same of it however it was cut, hears the end once and
/// last, and a peer that is cut off is told why.
public final class MsgiLinkFuzzTest {
    private static final MessagingConfig CONFIG = MessagingConfig.defaults().withMaxMessageBytes(4096);

    private record Outcome(List<String> told, List<String> sent, boolean open) {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Outcome> outcomes =
                Fuzzing.cuts(input).stream().map(MsgiLinkFuzzTest::serve).toList();
        assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
        Outcome outcome = outcomes.getFirst();
        int ends = (int)
                outcome.told.stream().filter(line -> line.startsWith("closed")).count();
        assertThat(ends).isLessThanOrEqualTo(1);
        if (ends == 1) assertThat(outcome.told.getLast()).startsWith("closed");
    }

    private static Outcome serve(List<byte[]> pieces) {
        Recorder handler = new Recorder((session, message) -> session.offer(message)) {
            @Override
            String described(Message message) {
                return message.bytes().toHex();
            }
        };
        List<String> sent = new ArrayList<>();
        boolean open;
        try (ServerWire wire = ServerWire.inline(CONFIG, handler)) {
            for (byte[] piece : pieces) {
                if (wire.channel.isActive()) wire.channel.read(piece);
                wire.channel.runPendingTasks();
            }
            for (Frame frame : wire.sent()) {
                boolean isRandom = frame.type() == FrameType.CONTROL;
                sent.add(frame.type() + (isRandom ? "" : " " + frame.payload().toHex()));
            }
            open = wire.channel.isActive();
        }
        return new Outcome(handler.told(), sent, open);
    }

    static List<byte[]> seeds() {
        Frame ping = new Frame(FrameType.PING, Bytes.ofUtf8("p"));
        return List.of(
                ServerWire.frames(ping, ServerWire.data("hello"), ServerWire.data("")),
                ServerWire.frames(ServerWire.control(ServerWire.HELLO), ServerWire.data("x"), ping),
                ServerWire.frames(new Frame(FrameType.HEARTBEAT, Bytes.EMPTY), ServerWire.data(2000)),
                ServerWire.frames(ServerWire.data("a"), new Frame(FrameType.DISCONNECT, Bytes.ofHex("a0"))),
                ServerWire.frames(ServerWire.data("a"), ServerWire.control(Bytes.ofHex("a1626964f6"))));
    }

    @Test
    void aPeerThatSendsAnythingIsTreatedAlikeHoweverItIsCut() {
        Fuzzing.check(seeds(), MsgiLinkFuzzTest::fuzzerTestOneInput);
    }
}
