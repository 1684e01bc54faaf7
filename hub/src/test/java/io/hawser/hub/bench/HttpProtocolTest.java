package io.hawser.hub.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class HttpProtocolTest {
    private static final int BODY = 300;

    @Test
    void anEchoIsAPostThatWantsItsBodyBack() throws BadResponse {
        var protocol = HttpProtocol.echo("127.0.0.1", "/echo", BODY);
        var request = request(protocol);
        var body = Arrays.copyOfRange(request, request.length - BODY, request.length);

        assertThat(new String(request, ISO_8859_1))
                .startsWith("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\n")
                .contains("\r\nContent-Length: 300\r\n\r\n");
        var responses = protocol.responses();
        // In two parts, cut within the body.
        var answer = answer(body);
        responses.consume(ByteBuffer.wrap(answer, 0, answer.length - 10));
        assertThat(responses.completed()).isZero();
        responses.consume(ByteBuffer.wrap(answer, answer.length - 10, 10));
        assertThat(responses.completed()).isEqualTo(1);
    }

    @Test
    void anotherBodyThanTheOneSentIsWrongFromTheFirstAnswerOn() {
        var responses = HttpProtocol.echo("127.0.0.1", "/echo", BODY).responses();

        assertThatThrownBy(() -> responses.consume(ByteBuffer.wrap(answer(new byte[BODY]))))
                .isInstanceOf(BadResponse.class)
                .hasMessage("another body than expected");
    }

    @Test
    void aGetTakesTheFirstBodyForRightAndEachOtherForWrong() throws BadResponse {
        var responses = new HttpProtocol("127.0.0.1", "/plaintext").responses();

        responses.consume(ByteBuffer.wrap(answer(new byte[] {1, 2})));
        responses.consume(ByteBuffer.wrap(answer(new byte[] {1, 2})));
        assertThat(responses.completed()).isEqualTo(2);
        assertThatThrownBy(() -> responses.consume(ByteBuffer.wrap(answer(new byte[] {1, 3}))))
                .isInstanceOf(BadResponse.class);
    }

    private static byte[] request(Protocol protocol) {
        var request = ByteBuffer.allocate(protocol.requestBytes());
        protocol.encode(request, 0);
        assertThat(request.hasRemaining()).isFalse();
        return request.array();
    }

    private static byte[] answer(byte[] body) {
        var head = ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1);
        var answer = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, answer, head.length, body.length);
        return answer;
    }
}
