package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.hub.bench.BadResponse;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class DeflatedEchoTest {
    private static final int PAYLOAD = 4096;

    private final DeflatedEcho protocol = new DeflatedEcho("127.0.0.1", "/echo", PAYLOAD);

    /// What a server that compresses as the client does would send: the request without its mask.
    private static byte[] answer(DeflatedEcho protocol) {
        var request = ByteBuffer.allocate(protocol.requestBytes());
        protocol.encode(request, 0);
        int length = request.getShort(2) & 0xFFFF;
        var answer = ByteBuffer.allocate(4 + length);
        answer.put(request.get(0)).put((byte) 126).putShort((short) length);
        for (int i = 0; i < length; i++) answer.put((byte) (request.get(8 + i) ^ request.get(4 + (i & 3))));
        return answer.array();
    }

    @Test
    void answersCutAtEveryByteAreFound() throws BadResponse {
        byte[] answer = answer(protocol);
        for (int cut = 0; cut <= answer.length; cut++) {
            var responses = protocol.responses();
            responses.consume(ByteBuffer.wrap(answer, 0, cut));
            assertThat(responses.completed()).isEqualTo(cut == answer.length ? 1 : 0);
            responses.consume(ByteBuffer.wrap(answer, cut, answer.length - cut));
            responses.consume(ByteBuffer.wrap(answer));
            assertThat(responses.completed()).isEqualTo(2);
        }
    }

    @Test
    void theMessageIsWorthCompressing() {
        assertThat(protocol.requestBytes()).isBetween(PAYLOAD / 8, PAYLOAD / 2);
    }

    @Test
    void whatInflatesToSomethingElseIsNoticed() {
        byte[] other = answer(new DeflatedEcho("127.0.0.1", "/echo", PAYLOAD - 1));

        assertThatThrownBy(() -> protocol.responses().consume(ByteBuffer.wrap(other)))
                .isInstanceOf(BadResponse.class)
                .hasMessageContaining("inflates to something else");
    }

    @Test
    void anAnswerThatIsNotCompressedIsNoticed() {
        byte[] answer = answer(protocol);
        answer[0] = (byte) 0x82;

        assertThatThrownBy(() -> protocol.responses().consume(ByteBuffer.wrap(answer)))
                .isInstanceOf(BadResponse.class)
                .hasMessageContaining("not a whole compressed message");
    }
}
