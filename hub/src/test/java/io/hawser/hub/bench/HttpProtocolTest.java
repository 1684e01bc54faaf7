package io.hawser.hub.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.hub.bench.HttpProtocol.Bodies;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
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
    void whereTheyMustBeTheSameTheFirstBodyIsRightAndEachOtherWrong() throws BadResponse {
        var responses = HttpProtocol.get("127.0.0.1", "/plaintext", Bodies.SAME).responses();

        responses.consume(ByteBuffer.wrap(answer(new byte[] {1, 2})));
        responses.consume(ByteBuffer.wrap(answer(new byte[] {1, 2})));
        assertThat(responses.completed()).isEqualTo(2);
        assertThatThrownBy(() -> responses.consume(ByteBuffer.wrap(answer(new byte[] {1, 3}))))
                .isInstanceOf(BadResponse.class);
    }

    @Test
    void aPostTakesWhateverGoodAnswerComesFirst() throws BadResponse {
        var protocol = HttpProtocol.post("127.0.0.1", "/orders", BODY, Bodies.ANY);
        assertThat(new String(request(protocol), ISO_8859_1)).contains("POST /orders", "Content-Length: 300");
        var responses = protocol.responses();
        responses.consume(ByteBuffer.wrap("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok".getBytes(ISO_8859_1)));
        responses.consume(ByteBuffer.wrap("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".getBytes(ISO_8859_1)));
        assertThat(responses.completed()).isEqualTo(2);
    }

    @Test
    void anAnswerWithoutContentNeedsNoLengthAndAnErrorIsNone() throws BadResponse {
        var responses = HttpProtocol.post("127.0.0.1", "/", BODY, Bodies.ANY).responses();
        responses.consume(ByteBuffer.wrap("HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1)));
        assertThat(responses.completed()).isEqualTo(1);
        var refused = ByteBuffer.wrap("HTTP/1.1 429 Too Many Requests\r\n\r\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> responses.consume(refused)).hasMessage("not 2xx: HTTP/1.1 429 Too Many Requests");
    }

    /// As a server makes them that tells the time, or writes before it knows the length.
    @Test
    void bodiesMayDifferAndComeInChunksHoweverTheyAreCut() throws BadResponse {
        var text = """
                HTTP/1.1 200 OK
                content-length: 3

                one\
                HTTP/1.1 200 OK
                Transfer-Encoding: chunked

                1;a=b
                x
                0A
                0123456789
                0

                HTTP/1.1 200 OK
                transfer-encoding: Chunked

                0
                Trailer: of it

                HTTP/1.1 200 OK
                Content-Length: 0

                """;
        var answers = text.replace("\n", "\r\n").getBytes(ISO_8859_1);
        for (int step = 1; step <= answers.length; step++) {
            var responses = HttpProtocol.get("127.0.0.1", "/", Bodies.ANY).responses();
            for (int at = 0; at < answers.length; at += step) {
                responses.consume(ByteBuffer.wrap(answers, at, Math.min(step, answers.length - at)));
            }
            assertThat(responses.completed()).as("in steps of " + step).isEqualTo(4);
        }
    }

    @Test
    void aBodyIsPassedOverAndNotKept() throws BadResponse {
        var responses = HttpProtocol.get("127.0.0.1", "/", Bodies.ANY).responses();
        responses.consume(answerHead("Content-Length: 9000000000000"));
        responses.consume(ByteBuffer.allocate(1 << 20));
        assertThat(responses.completed()).isZero();
    }

    @Test
    void whatCannotBeReadIsSaid() {
        var wrong = Map.of(
                "Content-Length: -1", "a Content-Length of -1",
                "Content-Length: x", "bad Content-Length",
                "Connection: close", "neither Content-Length nor chunks",
                "Transfer-Encoding: chunked\r\n\r\n;", "a chunk without a size",
                "Transfer-Encoding: chunked\r\n\r\n0x10", "a chunk whose size is no number",
                "Transfer-Encoding: chunked\r\n\r\n1\r\nabc", "a chunk longer than it says",
                "Content-Length: 1\r\nTransfer-Encoding:chunked\r\n\r\n1234567890123456", "a chunk too large to count");
        wrong.forEach((field, message) -> {
            var responses = HttpProtocol.get("127.0.0.1", "/", Bodies.ANY).responses();
            assertThatThrownBy(() -> responses.consume(answerHead(field)))
                    .isInstanceOf(BadResponse.class)
                    .hasMessage(message);
        });
        var old = ByteBuffer.wrap("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> HttpProtocol.get("127.0.0.1", "/", Bodies.ANY)
                        .responses()
                        .consume(old))
                .hasMessage("HTTP/1.0, which keeps no connection");
    }

    private static ByteBuffer answerHead(String field) {
        return ByteBuffer.wrap(("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n").getBytes(ISO_8859_1));
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
