package io.hawser.internal.websocket;

import static io.hawser.internal.websocket.Wire.close;
import static io.hawser.internal.websocket.Wire.frame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.session.SharedMessage;
import io.hawser.internal.websocket.Wire.Frame;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateTest {
    private static final int COMPRESSED_TEXT = 0xC1;
    private static final int COMPRESSED_BINARY = 0xC2;

    private static DeflateTerms terms(boolean takeover, int bits) {
        return new DeflateTerms(6, 0, Integer.MAX_VALUE, takeover, bits, takeover);
    }

    private static byte[] deflated(MessageDeflater deflater, byte[] message) {
        ByteBuf out = Unpooled.buffer();
        deflater.deflate(ByteBuffer.wrap(message), out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private static byte[] inflated(MessageInflater inflater, byte[] message) {
        ByteBuf out = Unpooled.buffer();
        inflater.inflate(ByteBuffer.wrap(message), out, 1 << 20);
        inflater.finish(out, 1 << 20);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    /// Words that come again, far and near.
    private static byte[] words(int size, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < size)
            text.append(Integer.toString(random.nextInt(300), 36)).append(" the ");
        return Arrays.copyOf(text.toString().getBytes(UTF_8), size);
    }

    @ParameterizedTest
    @CsvSource({"true, 15", "true, 9", "true, 8", "true, 12", "false, 15", "false, 8", "false, 10"})
    void messagesOfEveryLengthComeBack(boolean takeover, int bits) {
        try (Wire wire = Wire.compressed(terms(takeover, bits))) {
            MessageDeflater deflater = new MessageDeflater(6, bits);
            MessageInflater inflater = new MessageInflater();
            for (int size : new int[] {0, 1, 125, 126, 127, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 300_000}) {
                byte[] message = words(size, size);
                wire.receive(frame(COMPRESSED_BINARY, deflated(deflater, message)));
                Frame answer = wire.sentLast();
                assertThat(answer.first()).isEqualTo(COMPRESSED_BINARY);
                assertThat(Arrays.equals(inflated(inflater, answer.payload()), message))
                        .isTrue();
                if (!takeover) {
                    deflater.forget();
                    inflater.forget();
                }
            }
            deflater.end();
            inflater.end();
        }
    }

    @Test
    void contextTakeoverMakesTheSecondMessageSmallAndWithoutItTheyAreAlike() {
        byte[] message = words(2000, 1);
        try (Wire with = Wire.compressed(terms(true, 15));
                Wire without = Wire.compressed(terms(false, 15))) {
            for (Wire wire : new Wire[] {with, without}) {
                wire.receive(frame(0x82, message), frame(0x82, message));
            }
            var first = with.sent();
            assertThat(first.get(1).payload().length).isLessThan(first.get(0).payload().length / 4);
            var second = without.sent();
            assertThat(second.get(1)).isEqualTo(second.get(0));
        }
    }

    /// A decoder with a window of 2^bits must understand what we send: no distance may be longer.
    @ParameterizedTest
    @ValueSource(ints = {8, 9, 11, 14})
    void nothingRefersFurtherBackThanTheWindow(int bits) {
        byte[] random = new byte[1 << bits];
        new Random(bits).nextBytes(random);
        byte[] twice = Arrays.copyOf(random, 2 << bits);
        System.arraycopy(random, 0, twice, 1 << bits, 1 << bits);
        MessageDeflater narrow = new MessageDeflater(9, bits);
        MessageDeflater wide = new MessageDeflater(9, 15);
        assertThat(deflated(narrow, twice).length).isGreaterThan(2 << bits);
        assertThat(deflated(wide, twice).length).isLessThan((1 << bits) + 300);
        narrow.end();
        wide.end();
    }

    @Test
    void theExamplesOfTheRfcInflate() {
        for (String hex : new String[] {"f248cdc9c90700", "f348cdc9c9070000", "000500faff48656c6c6f00"}) {
            try (Wire wire = Wire.compressed(terms(true, 15))) {
                wire.receive(frame(COMPRESSED_TEXT, HexFormat.of().parseHex(hex)));
                assertThat(wire.told).endsWith("text Hello");
                wire.receive(frame(COMPRESSED_TEXT, HexFormat.of().parseHex(hex)));
                assertThat(wire.told).endsWith("text Hello", "text Hello");
            }
        }
        try (Wire wire = Wire.compressed(terms(true, 15))) {
            wire.receive(
                    frame(0x41, HexFormat.of().parseHex("f248cd")),
                    frame(0x89),
                    frame(0x80, HexFormat.of().parseHex("c9c90700")));
            assertThat(wire.told).endsWith("text Hello");
            wire.receive(frame(COMPRESSED_TEXT, HexFormat.of().parseHex("f200110000")));
            assertThat(wire.told).endsWith("text Hello", "text Hello");
        }
        try (Wire wire = Wire.compressed(terms(true, 15))) {
            wire.receive(
                    frame(COMPRESSED_TEXT, HexFormat.of().parseHex("f248050000 00ffff cac9c90700".replace(" ", ""))));
            assertThat(wire.told).endsWith("text Hello");
        }
    }

    @Test
    void aMessageCutAtEveryByteStillInflates() {
        MessageDeflater deflater = new MessageDeflater(6, 15);
        byte[] message = "κόσμε κόσμε and more of it, and more of it".getBytes(UTF_8);
        byte[] frame = frame(COMPRESSED_TEXT, deflated(deflater, message));
        deflater.end();
        for (int cut = 1; cut < frame.length; cut++) {
            try (Wire wire = Wire.compressed(terms(false, 15))) {
                wire.receive(Arrays.copyOf(frame, cut));
                wire.receive(Arrays.copyOfRange(frame, cut, frame.length));
                assertThat(wire.messages).containsExactly(Message.text(new String(message, UTF_8)));
            }
        }
    }

    @Test
    void aBombIs1009AndInflatesNoFurtherThanTheLimit() {
        MessageDeflater deflater = new MessageDeflater(9, 15);
        byte[] bomb = deflated(deflater, new byte[64 << 20]);
        byte[] most = deflated(deflater, new byte[1 << 20]);
        deflater.end();
        assertThat(bomb.length).isLessThan(100_000);
        try (Wire wire = Wire.compressed(terms(true, 15))) {
            wire.receive(frame(COMPRESSED_BINARY, bomb));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1009);
            assertThat(wire.told).containsExactly("opened", "closed 1009");
        }
        assertThat(most.length).isPositive();
    }

    /// Each final block makes the decoder begin anew, at the price of a byte or two.
    @Test
    void aMessageOfNothingButFinalBlocksIs1008() {
        byte[] block = {3, 0};
        for (int blocks : new int[] {64, 65}) {
            byte[] message = new byte[2 * blocks + 1]; // the last byte is for the block whose length is left out
            for (int i = 0; i < blocks; i++) System.arraycopy(block, 0, message, 2 * i, 2);
            try (Wire wire = Wire.compressed(terms(true, 15))) {
                wire.receive(frame(COMPRESSED_BINARY, message));
                wire.channel.passMillis(1);
                if (wire.isOpen()) wire.receive(frame(COMPRESSED_BINARY, message));
                if (blocks == 64) assertThat(wire.told).containsExactly("opened", "binary ", "binary ");
                else assertThat(wire.told).containsExactly("opened", "closed 1008");
            }
        }
    }

    /// A kilobyte can stand for a megabyte: whoever sends many of them does not keep the others waiting.
    @Test
    void whoSendsFewBytesForManyHasTheEventLoopForAWhileOnly() {
        MessageDeflater deflater = new MessageDeflater(9, 15);
        byte[] small = deflated(deflater, new byte[64 << 10]);
        deflater.end();
        byte[][] frames = new byte[100][];
        Arrays.fill(frames, frame(COMPRESSED_BINARY, small));
        try (Wire wire = Wire.compressed(terms(false, 15))) {
            wire.receive(frames);
            assertThat(wire.messages).hasSize(4);
            for (int turn = 2; turn <= 25; turn++) {
                wire.channel.passMillis(1);
                assertThat(wire.messages).hasSize(4 * turn);
            }
            assertThat(wire.sent()).hasSize(100);
        }
    }

    @Test
    void finalBlocksCostTheirSenderHisTurn() {
        byte[] message = new byte[2 * 64 + 1];
        for (int i = 0; i < message.length - 1; i += 2) message[i] = 3;
        byte[][] frames = new byte[10][];
        Arrays.fill(frames, frame(COMPRESSED_BINARY, message));
        try (Wire wire = Wire.compressed(terms(false, 15))) {
            wire.receive(frames);
            assertThat(wire.messages).hasSize(1);
            wire.channel.passMillis(1);
            assertThat(wire.messages).hasSize(2);
        }
    }

    @Test
    void whoHasToWaitIsStillAnsweredInFullBeforeTheGoodbye() {
        MessageDeflater deflater = new MessageDeflater(9, 15);
        byte[] small = deflated(deflater, new byte[64 << 10]);
        deflater.end();
        byte[][] frames = new byte[11][];
        Arrays.fill(frames, frame(COMPRESSED_BINARY, small));
        frames[10] = close(1000, "");
        for (boolean isDrained : new boolean[] {false, true}) {
            try (Wire wire = Wire.compressed(terms(false, 15))) {
                wire.receive(frames);
                assertThat(wire.messages).hasSize(4);
                if (isDrained) wire.channel.endInput();
                wire.channel.passMillis(1);
                wire.channel.passMillis(1);
                assertThat(wire.messages).hasSize(10);
                List<Frame> sent = wire.sent();
                assertThat(sent).hasSize(11);
                assertThat(sent.getLast().closeCode()).isEqualTo(1000);
            }
        }
    }

    @Test
    void whatInflatesAMessageCountsUntilItIsWhole() {
        MessageDeflater deflater = new MessageDeflater(6, 15);
        byte[] frame = frame(COMPRESSED_BINARY, deflated(deflater, words(2000, 1)));
        deflater.end();
        try (Wire wire = Wire.compressed(terms(false, 15))) {
            wire.receive(Arrays.copyOf(frame, frame.length - 1));
            assertThat(wire.link.unfinishedBytes()).isGreaterThan(MessageInflater.NATIVE_BYTES);
            wire.receive(Arrays.copyOfRange(frame, frame.length - 1, frame.length));
            assertThat(wire.messages).hasSize(1);
            assertThat(wire.link.unfinishedBytes()).isZero();
        }
    }

    @Test
    void theLongestMessageThatMayBeInflates() {
        MessageDeflater deflater = new MessageDeflater(9, 15);
        byte[] most = deflated(deflater, new byte[1 << 20]);
        deflater.forget();
        byte[] more = deflated(deflater, new byte[(1 << 20) + 1]);
        deflater.end();
        try (Wire wire = Wire.compressed(terms(false, 15))) {
            wire.receive(frame(COMPRESSED_BINARY, most));
            assertThat(wire.told).endsWith("binary " + (1 << 20));
            wire.channel.passMillis(1);
            wire.receive(frame(COMPRESSED_BINARY, more));
            assertThat(wire.told).endsWith("closed 1009");
        }
    }

    @Test
    void whatIsNotDeflateOrNotUtf8Is1007() {
        try (Wire wire = Wire.compressed(terms(true, 15))) {
            wire.receive(frame(COMPRESSED_BINARY, (byte) 0xFF, (byte) 0xFF));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1007);
        }
        try (Wire wire = Wire.compressed(terms(true, 15))) {
            MessageDeflater deflater = new MessageDeflater(6, 15);
            wire.receive(frame(COMPRESSED_TEXT, deflated(deflater, new byte[] {'a', (byte) 0xC0, 'b'})));
            deflater.end();
            assertThat(wire.sentLast().closeCode()).isEqualTo(1007);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0xA1, 0xE1, 0xC9, 0xC8, 0xC0})
    void otherReservedBitsAndThoseOfOtherFramesAre1002(int first) {
        try (Wire wire = Wire.compressed(terms(true, 15))) {
            wire.receive(frame(0x41, HexFormat.of().parseHex("f248cd")));
            wire.receive(frame(first));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void shortAndLongMessagesAreSentAsTheyAre() {
        try (Wire wire = Wire.compressed(new DeflateTerms(6, 100, 1000, true, 15, true))) {
            wire.receive(
                    frame(0x81, "x".repeat(99)),
                    frame(0x81, "x".repeat(100)),
                    frame(0x81, "x".repeat(1000)),
                    frame(0x81, "x".repeat(1001)),
                    close(1000, ""));
            assertThat(wire.sent())
                    .extracting(Frame::first)
                    .containsExactly(0x81, COMPRESSED_TEXT, COMPRESSED_TEXT, 0x81, 0x88);
        }
    }

    @Test
    void aBroadcastBetweenMessagesOfAContextIsUnderstood() {
        try (Wire wire = Wire.compressed(terms(true, 15))) {
            MessageInflater peer = new MessageInflater();
            byte[] message = words(3000, 9);
            for (int round = 0; round < 3; round++) {
                wire.receive(frame(0x82, message));
                wire.sessions.broadcast(Message.binary(words(2000, round)));
                wire.receive(frame(0x82, message));
            }
            var sent = wire.sent();
            assertThat(sent).hasSize(9).extracting(Frame::first).containsOnly(COMPRESSED_BINARY);
            for (int i = 0; i < 9; i++) {
                byte[] expected = i % 3 == 1 ? words(2000, i / 3) : message;
                assertThat(Arrays.equals(inflated(peer, sent.get(i).payload()), expected))
                        .isTrue();
            }
            peer.end();
        }
    }

    @Test
    void whatManySessionsAreOfferedIsCompressedOnceForEachForm() {
        try (Wire first = Wire.compressed(terms(true, 15));
                Wire second = Wire.compressed(terms(true, 15));
                Wire narrow = Wire.compressed(terms(true, 9));
                Wire plain = Wire.echo()) {
            byte[] before = words(1500, 1);
            byte[] words = words(2000, 2);
            SharedMessage shared = new SharedMessage(Message.binary(words));
            MessageInflater peer = new MessageInflater();
            List<byte[]> compressed = new ArrayList<>();
            for (Wire wire : List.of(first, second, narrow)) {
                wire.receive(frame(0x82, before));
                assertThat(wire.link.offer(shared)).isEqualTo(Offer.QUEUED);
                wire.receive(frame(0x82, before));
                List<Frame> sent = wire.sent();
                assertThat(sent).hasSize(3);
                for (Frame each : sent) {
                    byte[] message = inflated(peer, each.payload());
                    assertThat(message).isEqualTo(each.equals(sent.get(1)) ? words : before);
                }
                peer.forget();
                compressed.add(sent.get(1).payload());
            }
            peer.end();
            byte[] frame = shared.encodedFor(narrow.link, first.form()); // made by the first
            for (byte[] each : compressed.subList(0, 2)) {
                assertThat(Arrays.copyOfRange(frame, frame.length - each.length, frame.length))
                        .isEqualTo(each);
            }
            assertThat(compressed.get(2)).isNotEqualTo(compressed.getFirst());
            plain.link.offer(shared);
            assertThat(plain.sentLast().payload()).isEqualTo(words);
        }
    }
}
