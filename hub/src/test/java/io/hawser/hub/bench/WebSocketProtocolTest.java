package io.hawser.hub.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebSocketProtocolTest {
    private static WebSocketProtocol protocol(int payloadBytes) {
        return new WebSocketProtocol("127.0.0.1:1", "/echo", payloadBytes);
    }

    /// What an echo makes of a request, by the RFC.
    private static byte[] echoed(byte[] request) {
        var in = ByteBuffer.wrap(request);
        var out = ByteBuffer.allocate(request.length - 4);
        out.put(in.get());
        int second = in.get() & 0xFF;
        assertThat(second).isGreaterThan(127);
        out.put((byte) (second & 127));
        int more = (second & 127) == 126 ? 2 : (second & 127) == 127 ? 8 : 0;
        for (int i = 0; i < more; i++) out.put(in.get());
        var mask = new byte[4];
        in.get(mask);
        for (int i = 0; in.hasRemaining(); i++) out.put((byte) (in.get() ^ mask[i % 4]));
        return out.array();
    }

    private static byte[] answers(WebSocketProtocol protocol, int count) {
        var all = ByteBuffer.allocate(count * protocol.responseBytes());
        for (int i = 0; i < count; i++) {
            var request = ByteBuffer.allocate(protocol.requestBytes());
            protocol.encode(request, i);
            all.put(echoed(request.array()));
        }
        return all.array();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127})
    void answersCutAtEveryByteAreFound(int payloadBytes) throws BadResponse {
        var protocol = protocol(payloadBytes);
        var stream = answers(protocol, 3);
        for (int cut = 0; cut <= stream.length; cut++) {
            var responses = protocol.responses();
            responses.consume(ByteBuffer.wrap(stream, 0, cut));
            responses.consume(ByteBuffer.wrap(stream, cut, stream.length - cut));
            assertThat(responses.completed()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 70_000})
    void longAnswersAreFound(int payloadBytes) throws BadResponse {
        var protocol = protocol(payloadBytes);
        var responses = protocol.responses();
        responses.consume(ByteBuffer.wrap(answers(protocol, 2)));
        assertThat(responses.completed()).isEqualTo(2);
    }

    @Test
    void anAnswerOutOfOrderAndACloseAreTold() {
        var protocol = protocol(64);
        var swapped = ByteBuffer.wrap(answers(protocol, 2), protocol.responseBytes(), protocol.responseBytes());
        assertThatThrownBy(() -> protocol.responses().consume(swapped)).isInstanceOf(BadResponse.class);
        var close = ByteBuffer.wrap(new byte[] {(byte) 0x88, 2, 3, (byte) 0xF1});
        assertThatThrownBy(() -> protocol.responses().consume(close))
                .isInstanceOfSatisfying(
                        BadResponse.class, bad -> assertThat(bad.kind()).contains("close frame"));
    }

    @Test
    void aGreetingIsOverAtTheEndOfTheHeadAndTakesNothingBehindIt() throws BadResponse {
        var head = "HTTP/1.1 101 Switching Protocols\r\nX: y\r\n\r\n";
        for (int cut = 0; cut <= head.length(); cut++) {
            var greeting = new Greeting(ByteBuffer.allocate(1).position(1));
            greeting.consume(ByteBuffer.wrap(head.substring(0, cut).getBytes(ISO_8859_1)));
            assertThat(greeting.isOver()).isEqualTo(cut == head.length());
            var rest = ByteBuffer.wrap((head.substring(cut) + "rest").getBytes(ISO_8859_1));
            greeting.consume(rest);
            assertThat(greeting.isOver()).isTrue();
            assertThat(rest.remaining()).isEqualTo(4);
        }
    }

    @Test
    void aRefusedGreetingIsTold() {
        var greeting = new Greeting(ByteBuffer.allocate(1).position(1));
        var refused = ByteBuffer.wrap("HTTP/1.1 404 Not Found\r\n\r\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> greeting.consume(refused)).isInstanceOf(BadResponse.class);
        assertThat(new Greeting(ByteBuffer.allocate(0)).isOver()).isTrue();
    }
}
