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
import org.junit.jupiter.params.provider.ValueSource;

class HeadParserTest {
    private static final HeadLimits LIMITS = HeadLimits.DEFAULTS;

    private final RequestParser parser = new RequestParser(LIMITS);
    private final Scratch scratch = Scratch.ofThisLoop();

    @ParameterizedTest
    @ValueSource(ints = {0, 1900, 2000, 2047, 2048, 2049, 4096, 7000})
    void aHeadIsTakenWhateverItsLengthAndNothingBehindIt(int pathLength) {
        String head = "GET /" + "p".repeat(pathLength) + " HTTP/1.1\r\nHost: h\r\n\r\n";
        ByteBuf in = octets(head + "x".repeat(64 << 10));
        assertThat(parser.read(in, 0, scratch)).isTrue();
        assertThat(parser.target()).hasSize(pathLength + 1);
        assertThat(in.readableBytes()).isEqualTo(64 << 10);
        in.release();
    }

    @Test
    void manyHeadsInOneBufferAreReadOneByOne() {
        Random random = new Random(1);
        List<String> targets = IntStream.range(0, 60)
                .mapToObj(i -> "/" + i + "x".repeat(random.nextInt(2000)))
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
    void anUnfinishedLineOverItsBoundIsRefusedAtOnce() {
        ByteBuf in = octets("GET /" + "p".repeat(LIMITS.maxLineBytes()));
        int before = in.readableBytes();
        in.writeByte('p');
        assertThatThrownBy(() -> parser.read(in, before, scratch)).isInstanceOf(ProtocolError.class);
        in.release();
    }

    @Test
    void aLineOverItsBoundIsRefusedWhereverItLies() {
        String line = "GET /" + "p".repeat(LIMITS.maxLineBytes()) + " HTTP/1.1\r\n";
        ByteBuf in = octets(line);
        assertThatThrownBy(() -> parser.read(in, 0, scratch)).isInstanceOf(ProtocolError.class);
        in.release();
    }

    private static ByteBuf octets(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
