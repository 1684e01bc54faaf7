package io.hawser.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Headers;
import io.hawser.internal.http1.HeadLimits;
import io.netty.util.AsciiString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client makes of the header blocks of an answer. A line is fields, separated by `; `.
final class AnswerFieldsTest {
    private final AnswerFields answer = new AnswerFields(new HeadLimits(64, 256, 4));

    private AnswerFields read(boolean isTrailer, String line) {
        answer.begin(isTrailer);
        for (String field : line.split("; ", -1)) {
            int equals = field.indexOf('=');
            answer.field(AsciiString.of(field.substring(0, equals)), AsciiString.of(field.substring(equals + 1)));
        }
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b",
                ":status=99",
                ":status=099",
                ":status=20",
                ":status=2000",
                ":status=2x0",
                ":status=2/0",
                ":status=",
                ":status=200; :status=200",
                "a=b; :status=200",
                ":method=GET",
                ":status=200; :path=/",
                ":status=200; =b",
                ":status=200; A=b",
                ":status=200; a b=c",
                ":status=200; \u00e4=c",
                ":status=200; a=b\u0000",
                ":status=200; a=b\nc",
                ":status=200; connection=close",
                ":status=200; proxy-connection=close",
                ":status=200; keep-alive=1",
                ":status=200; transfer-encoding=chunked",
                ":status=200; upgrade=websocket",
                ":status=200; content-length=",
                ":status=200; content-length=-1",
                ":status=200; content-length=1x",
                ":status=200; content-length=1/",
                ":status=200; content-length=1234567890123456789",
                ":status=200; content-length=1; content-length=1",
            })
    void whatIsNoHeadIsMalformedAndStaysSo(String line) {
        assertThat(read(false, line).whyMalformed()).isNotNull();
        answer.field(AsciiString.of("more"), AsciiString.of("of it"));
        assertThat(answer.whyMalformed()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {":status=200", "a=b; :path=/", "content-length=1", "connection=close"})
    void trailersHaveNoStatusAndNoLength(String line) {
        assertThat(read(true, line).whyMalformed()).isNotNull();
    }

    @Test
    void aHeadHasItsStatusItsLengthAndItsFieldsInOrder() {
        read(false, ":status=204; b=1; content-length=123456789012345678; a=2");
        assertThat(answer.whyMalformed()).isNull();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.contentLength()).isEqualTo(123_456_789_012_345_678L);
        assertThat(answer.takeHeaders())
                .isEqualTo(Headers.of("b", "1", "Content-Length", "123456789012345678", "a", "2"));
        assertThat(answer.takeHeaders()).isEqualTo(Headers.EMPTY);
        assertThat(answer.hasTooMany()).isFalse();
    }

    @Test
    void trailersAreFieldsAndTheHeadBeforeThemIsForgotten() {
        read(false, ":status=200; content-length=1");
        read(true, "a=b");
        assertThat(answer.whyMalformed()).isNull();
        assertThat(answer.contentLength()).isNegative();
        assertThat(answer.takeHeaders()).isEqualTo(Headers.of("a", "b"));
    }

    @Test
    void oneFieldMoreThanTheLimitIsLeftOutAndTold() {
        read(false, ":status=200; a=1; b=2; c=3; d=4");
        assertThat(answer.hasTooMany()).isFalse();
        read(false, ":status=200; a=1; b=2; c=3; d=4; e=5");
        assertThat(answer.hasTooMany()).isTrue();
        assertThat(answer.takeHeaders().size()).isEqualTo(4);
    }
}
