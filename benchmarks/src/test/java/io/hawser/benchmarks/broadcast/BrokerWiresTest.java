package io.hawser.benchmarks.broadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // line ends are part of both protocols
final class BrokerWiresTest {
    private static final String NATS = "INFO {\"server_id\":\"x\"}\r\nPING\r\nMSG room 1 12\r\na\r\nb # okay!\r\n"
            + "MSG room 1 0\r\n\r\nPONG\r\n";

    private static final String REDIS = "*3\r\n$9\r\nsubscribe\r\n$4\r\nroom\r\n:1\r\n"
            + "*3\r\n$7\r\nmessage\r\n$4\r\nroom\r\n$5\r\na\r\nb#\r\n:1000\r\n+PONG\r\n";

    private final List<String> found = new ArrayList<>();
    private final Wire.Sink sink = new Wire.Sink() {
        @Override
        public void text(ByteBuffer in, int from, int to) {
            found.add(Lines.text(in, from, to));
        }

        @Override
        public void asked(ByteBuffer answer) {
            found.add("asked: " + ISO_8859_1.decode(answer).toString().strip());
        }
    };

    private void readCutAt(int cut, Wire wire, String bytes) throws IOException {
        found.clear();
        var frames = new Frames(wire);
        var in = ByteBuffer.allocate(4096);
        for (var part : List.of(bytes.substring(0, cut), bytes.substring(cut))) {
            frames.restore(in);
            in.put(part.getBytes(ISO_8859_1));
            frames.cut(in, sink);
        }
    }

    @Test
    void whatNatsSaysIsFoundWhereverItIsCut() throws Exception {
        for (int cut = 0; cut <= NATS.length(); cut++) {
            readCutAt(cut, new NatsWire(), NATS);

            assertThat(found)
                    .containsExactly("INFO {\"server_id\":\"x\"}", "asked: PONG", "a\r\nb # okay!", "", "PONG");
        }
    }

    @Test
    void whatRedisSaysIsFoundWhereverItIsCut() throws Exception {
        for (int cut = 0; cut <= REDIS.length(); cut++) {
            readCutAt(cut, new RedisWire(), REDIS);

            assertThat(found).hasSize(4);
            assertThat(found.get(0)).contains("subscribe");
            assertThat(found.get(1)).endsWith("$5\r\na\r\nb#\r\n");
            assertThat(found.subList(2, 4)).containsExactly(":1000\r\n", "+PONG\r\n");
        }
    }

    @Test
    void aRefusalEndsTheLoad() {
        assertThatThrownBy(() -> readCutAt(0, new NatsWire(), "-ERR 'Authorization Violation'\r\n"))
                .hasMessage("refused: -ERR 'Authorization Violation'");
        assertThatThrownBy(() -> readCutAt(0, new RedisWire(), "-ERR max number of clients reached\r\n"))
                .hasMessage("refused: -ERR max number of clients reached");
    }

    @Test
    void aPublicationSaysHowLongItIs() {
        assertThat(Dialect.NATS.publication().apply("hello")).isEqualTo("PUB room 5\r\nhello\r\n");
        assertThat(Dialect.REDIS.publication().apply("hello"))
                .isEqualTo("*3\r\n$7\r\nPUBLISH\r\n$4\r\nroom\r\n$5\r\nhello\r\n");
    }
}
