package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.testing.Fuzzing;
import io.hawser.websocket.WebSocketConfig;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever frames a client sends, plain and compressed: handler and peer see the same however they were cut.
public final class SocketFuzzTest {
    private static final WebSocketConfig CONFIG = WebSocketConfig.defaults().withMaxMessageBytes(4096);
    private static final Agreed COMPRESSED =
            new Agreed(Optional.empty(), Optional.of(new DeflateTerms(6, 1, 64 << 10, true, 15, true)));

    private record Outcome(List<String> told, List<String> sent, boolean open) {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (Agreed agreed : List.of(Agreed.NOTHING, COMPRESSED)) {
            List<Outcome> outcomes = Fuzzing.cuts(input).stream()
                    .map(pieces -> serve(agreed, pieces))
                    .toList();
            assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
            Outcome outcome = outcomes.getFirst();
            assertThat(outcome.told.stream().filter(line -> line.startsWith("closed")))
                    .hasSizeLessThanOrEqualTo(1);
            if (!outcome.open) assertThat(outcome.told.getLast()).startsWith("closed");
        }
    }

    private static Outcome serve(Agreed agreed, List<byte[]> pieces) {
        try (Wire wire = new Wire(CONFIG, agreed, true, true)) {
            for (byte[] piece : pieces) {
                if (wire.channel.isActive()) wire.receive(piece);
                wire.channel.runPendingTasks();
            }
            return new Outcome(
                    List.copyOf(wire.told),
                    wire.sent().stream().map(SocketFuzzTest::said).toList(),
                    wire.isOpen());
        }
    }

    /// Of a close frame the code: of two faults in one piece either may be seen first.
    private static String said(Wire.Frame frame) {
        return frame.first() == 0x88
                ? "close " + frame.closeCode()
                : frame.toString() + HexFormat.of().formatHex(frame.payload());
    }

    static List<byte[]> seeds() {
        return List.of(
                Wire.frame(0x81, "hello"),
                Wire.join(Wire.frame(0x01, "h\u00e9"), Wire.frame(0x89, "p"), Wire.frame(0x80, "llo")),
                Wire.join(Wire.frame(0x82, "x".repeat(200)), Wire.close(1000, "bye")),
                Wire.join(Wire.frame(
                        0xC1, (byte) 0xf2, (byte) 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, (byte) 7, (byte) 0)),
                Wire.join(
                        Wire.frame(0x41, (byte) 0xf2, (byte) 0x48, (byte) 0xcd),
                        Wire.frame(0x80, (byte) 0xc9, (byte) 0xc9, (byte) 7, (byte) 0)),
                Wire.frame(0x88, new byte[0]),
                Wire.join(Wire.frame(0x8A, "late"), Wire.frame(0x00, "x")));
    }

    @Test
    void aClientThatSendsAnythingIsTreatedAlikeHoweverItIsCut() {
        Fuzzing.check(seeds(), SocketFuzzTest::fuzzerTestOneInput);
    }
}
