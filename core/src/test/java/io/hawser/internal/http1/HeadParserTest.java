package io.hawser.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ProtocolError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeadParserTest {
    private static final HeadLimits LIMITS = HeadLimits.DEFAULTS;

    private final RequestParser parser = new RequestParser(LIMITS);
    private final Scratch scratch = Scratch.ofThisLoop();

    /// Every place where the first look can end: in a line, before, in and behind its end, behind the whole head.
    static IntStream lengths() {
        int aboutTheEnd = HeadParser.FIRST_BYTES;
        return IntStream.concat(
                IntStream.of(40, 500, 4096, LIMITS.maxLineBytes()),
                IntStream.rangeClosed(aboutTheEnd - 4, aboutTheEnd + 40));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void aHeadIsTakenWhateverItsLengthAndNothingBehindIt(int headLength) {
        String end = " HTTP/1.1\r\nHost: h\r\n\r\n";
        String head = "GET /" + "p".repeat(headLength - "GET /".length() - end.length()) + end;
        assertThat(head).hasSize(headLength);
        ByteBuf in = octets(head + "x".repeat(64 << 10));
        assertThat(parser.read(in, 0, scratch)).isTrue();
        assertThat(parser.target()).hasSize(headLength - "GET ".length() - end.length());
        assertThat(parser.takeHeaders().value("Host", "")).isEqualTo("h");
        assertThat(in.readableBytes()).isEqualTo(64 << 10);
        in.release();
    }

    @Test
    void answersAreReadInTheSameWay() {
        AnswerParser answers = new AnswerParser(LIMITS);
        String interim = "HTTP/1.1 100 Continue\r\n\r\n";
        String head = "HTTP/1.1 200 OK\r\nX: " + "v".repeat(HeadParser.FIRST_BYTES) + "\r\nContent-Length: 5\r\n\r\n";
        for (boolean toHead : new boolean[] {false, true}) {
            ByteBuf in = octets(interim + head + "hello");
            answers.toHead(toHead);
            assertThat(answers.read(in, 0, scratch)).isTrue();
            assertThat(answers.status()).isEqualTo(100);
            assertThat(answers.takeHeaders().isEmpty()).isTrue();
            assertThat(answers.read(in, 0, scratch)).isTrue();
            assertThat(answers.status()).isEqualTo(200);
            assertThat(answers.framing().contentLength()).isEqualTo(toHead ? 0 : 5);
            assertThat(in.toString(StandardCharsets.ISO_8859_1)).isEqualTo("hello");
            in.release();
        }
    }

    @Test
    void manyHeadsInOneBufferAreReadOneByOne() {
        Random random = new Random(1);
        List<String> targets = IntStream.range(0, 60)
                .mapToObj(i -> "/" + i + "x".repeat(random.nextInt(6000)))
                .toList();
        StringBuilder all = new StringBuilder();
        for (String target : targets) all.append("GET ").append(target).append(" HTTP/1.1\r\nHost: h\r\n\r\n");
        ByteBuf in = octets(all.toString());
        List<String> read = new ArrayList<>();
        while (in.isReadable()) {
            assertThat(parser.read(in, 0, scratch)).isTrue();
            assertThat(parser.takeHeaders().value("Host", "")).isEqualTo("h");
            read.add(parser.target());
        }
        assertThat(read).isEqualTo(targets);
        in.release();
    }

    @Test
    void theWholeLinesOfAHeadWithoutItsEndAreTaken() {
        String lines = "GET / HTTP/1.1\r\nHost: h\r\n" + ("Name: " + "v".repeat(30) + "\r\n").repeat(90);
        ByteBuf in = octets(lines + "Last: without its e");
        assertThat(parser.read(in, 0, scratch)).isFalse();
        assertThat(in.readableBytes()).isEqualTo("Last: without its e".length());
        in.release();
    }

    @Test
    void anUnfinishedLineIsReadAgainOnlyForItsEnd() {
        ByteBuf in = octets("GET / HTTP/1.1\r\nHost: ");
        assertThat(parser.read(in, 0, scratch)).isFalse();
        int rest = in.readableBytes();
        in.writeByte('\u0001');
        assertThat(parser.read(in, rest, scratch))
                .as("nothing has been looked at")
                .isFalse();
        assertThat(in.readableBytes()).isEqualTo(rest + 1);
        in.writeByte('\n');
        assertThatThrownBy(() -> parser.read(in, rest + 1, scratch)).isInstanceOf(ProtocolError.class);
        in.release();
    }

    @Test
    void anUnfinishedLineIsRefusedWithTheFirstOctetOverItsBound() {
        ByteBuf in = octets("GET /" + "p".repeat(LIMITS.maxLineBytes() - "GET /".length()));
        assertThat(parser.read(in, 0, scratch)).isFalse();
        int seen = in.readableBytes();
        assertThat(seen).isEqualTo(LIMITS.maxLineBytes());
        in.writeByte('p');
        assertThatThrownBy(() -> parser.read(in, seen, scratch)).isInstanceOf(ProtocolError.class);
        in.release();
    }

    @Test
    void aLineOverItsBoundIsRefused() {
        ByteBuf in = octets("GET /" + "p".repeat(LIMITS.maxLineBytes()) + " HTTP/1.1\r\n");
        assertThatThrownBy(() -> parser.read(in, 0, scratch)).isInstanceOf(ProtocolError.class);
        in.release();
    }

    private static ByteBuf octets(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
