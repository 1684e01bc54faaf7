package io.hawser.internal.websocket;

import static io.hawser.internal.websocket.Wire.close;
import static io.hawser.internal.websocket.Wire.frame;
import static io.hawser.internal.websocket.Wire.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.websocket.Wire.Frame;
import io.hawser.websocket.WebSocketConfig;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    private static final int FIN_TEXT = 0x81;
    private static final int FIN_BINARY = 0x82;
    private static final int FIN_CONTINUATION = 0x80;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537, 1 << 20})
    void messagesOfEveryLengthAreEchoedInEveryMode(int size) {
        for (boolean inline : new boolean[] {true, false}) {
            byte[] payload = new byte[size];
            for (int i = 0; i < size; i++) payload[i] = (byte) (i * 7);
            byte[] text = "x".repeat(size).getBytes(UTF_8);
            try (Wire wire = new Wire(WebSocketConfig.defaults(), Agreed.NOTHING, inline, true)) {
                wire.receive(frame(FIN_BINARY, payload));
                wire.dispatcher.runAll();
                assertThat(wire.sent().equals(List.of(new Frame(FIN_BINARY, payload))))
                        .isTrue();
                wire.receive(frame(FIN_TEXT, text));
                wire.dispatcher.runAll();
                assertThat(wire.sent().equals(List.of(new Frame(FIN_TEXT, text))))
                        .isTrue();
            }
        }
    }

    @Test
    void howeverTheBytesAreCutTheAnswersAreTheSame() {
        byte[] input = join(
                frame(FIN_TEXT, "κόσμε and ascii that is long enough for words"),
                frame(0x01, "frag"),
                frame(PING, "p"),
                frame(0x00, "men"),
                frame(0x00),
                frame(FIN_CONTINUATION, "ts é"),
                frame(FIN_BINARY, new byte[130]),
                frame(PONG, "unasked"),
                close(1000, "bye"));
        for (int cut = 0; cut < input.length; cut++) {
            try (Wire wire = Wire.echo()) {
                wire.receive(Arrays.copyOf(input, cut));
                wire.receive(Arrays.copyOfRange(input, cut, input.length));
                check(wire);
            }
        }
        try (Wire wire = Wire.echo()) {
            for (byte one : input) wire.receive(new byte[] {one});
            check(wire);
        }
    }

    private static void check(Wire wire) {
        assertThat(wire.sent())
                .containsExactly(
                        new Frame(FIN_TEXT, "κόσμε and ascii that is long enough for words".getBytes(UTF_8)),
                        new Frame(PONG, (byte) 'p'),
                        new Frame(FIN_TEXT, "fragments é".getBytes(UTF_8)),
                        new Frame(FIN_BINARY, new byte[130]),
                        new Frame(0x88, (byte) 0x03, (byte) 0xE8));
        assertThat(wire.told).endsWith("closed 1000");
        assertThat(wire.isOpen()).isFalse();
    }

    @Test
    void theAnswersToOneReadAreOneWrite() {
        try (Wire wire = Wire.echo()) {
            wire.receive(frame(FIN_TEXT, "a"), frame(PING, "b"), frame(FIN_TEXT, "c"));
            assertThat(wire.channel.outboundMessages()).hasSize(1);
            assertThat(wire.sent()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'91', 1002",
        "'a1', 1002",
        "'c1', 1002",
        "'f1', 1002",
        "'c9', 1002",
        "'83', 1002",
        "'87', 1002",
        "'8b', 1002",
        "'8f', 1002",
        "'03', 1002",
        "'8105', 1002",
        "'0980', 1002",
        "'89fe', 1002",
        "'88fe', 1002",
        "'808000000000', 1002",
        "'81fe007d00000000', 1002",
        "'82ff000000000000ffff00000000', 1002",
        "'82ff800000000000000000000000', 1002",
        "'82ff000000000010000100000000', 1009"
    })
    void whatNoFrameMayBeIsToldAtOnce(String hex, String code) {
        try (Wire wire = Wire.echo()) {
            wire.receive(frame(FIN_TEXT, "before"));
            wire.receive(HexFormat.of().parseHex(hex));
            List<Frame> sent = wire.sent();
            assertThat(sent.getFirst().text()).isEqualTo("before");
            assertThat(sent.getLast().first()).isEqualTo(0x88);
            assertThat(sent.getLast().closeCode()).isEqualTo(Integer.parseInt(code));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void aMessageWithinAnotherIs1002() {
        try (Wire wire = Wire.echo()) {
            wire.receive(frame(0x01, "one"), frame(FIN_TEXT, "two"));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void aFragmentedMessageOverTheLimitIs1009BeforeItsBytesCome() {
        try (Wire wire = Wire.echo(WebSocketConfig.defaults().withMaxMessageBytes(1000))) {
            wire.receive(frame(0x02, new byte[600]));
            assertThat(wire.sent()).isEmpty();
            byte[] next = frame(FIN_CONTINUATION, new byte[401]);
            wire.receive(Arrays.copyOf(next, 8));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1009);
        }
        try (Wire wire = Wire.echo(WebSocketConfig.defaults().withMaxMessageBytes(1000))) {
            wire.receive(frame(0x02, new byte[600]), frame(FIN_CONTINUATION, new byte[400]));
            assertThat(wire.sentLast().payload()).hasSize(1000);
        }
    }

    @Test
    void badTextIs1007AtItsFirstBadByteInTheMiddleOfAFrame() {
        try (Wire wire = Wire.echo()) {
            byte[] bad = HexFormat.of().parseHex("cebae1bdb9cf83cebcceb5f4908080656469746564");
            byte[] frame = frame(FIN_TEXT, bad);
            int header = 6;
            wire.receive(Arrays.copyOf(frame, header + 12));
            assertThat(wire.sent()).isEmpty();
            wire.receive(new byte[] {frame[header + 12]});
            assertThat(wire.sentLast().closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void aCharacterMayBeCutByFragmentsButNotByTheEnd() {
        byte[] euro = "€".getBytes(UTF_8);
        try (Wire wire = Wire.echo()) {
            wire.receive(frame(0x01, euro[0]), frame(PING), frame(FIN_CONTINUATION, euro[1], euro[2]));
            assertThat(wire.sentLast().text()).isEqualTo("€");
            wire.receive(frame(FIN_TEXT, euro[0], euro[1]));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void longMessagesOfOursAreSentInFrames() {
        WebSocketConfig config =
                WebSocketConfig.defaults().withFragmentBytes(125).withMaxMessageBytes(300);
        try (Wire wire = Wire.echo(config)) {
            wire.receive(frame(0x01, "a".repeat(125)), frame(0x00, "b".repeat(125)), frame(0x80, "c".repeat(50)));
            assertThat(wire.sent())
                    .containsExactly(
                            new Frame(0x01, "a".repeat(125).getBytes(UTF_8)),
                            new Frame(0x00, "b".repeat(125).getBytes(UTF_8)),
                            new Frame(0x80, "c".repeat(50).getBytes(UTF_8)));
        }
    }
}
