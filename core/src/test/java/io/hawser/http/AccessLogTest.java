package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.internal.http.HttpParts;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccessLogTest {
    private final List<String> lines = new ArrayList<>();
    private final FakeTime time = new FakeTime();
    private final Request request = Request.get("/a?b=c")
            .withPeer(Peer.none().withRemote(Endpoint.parse("192.0.2.1:7")).withVersion(HttpVersion.HTTP_2))
            .withHeaders(Headers.of("User-Agent", "test \"x\" \\ é", "Referer", "http://r/"));

    @Test
    void aLineIsInTheCombinedFormat() throws Exception {
        HttpHandler handler = ((HttpHandler) _ -> Response.text("12345"))
                .with(AccessLog.combined().to(lines::add).on(time));
        handler.handle(new Principal("a b").on(request));
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .matches("192\\.0\\.2\\.1 - a b \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000\\] "
                        + "\"GET /a\\?b=c HTTP/2\" 200 5 \"http://r/\" \"test \\\\\"x\\\\\" \\\\\\\\ \\\\xe9\"");
    }

    @Test
    void theCommonFormatEndsBehindTheBytes() throws Exception {
        HttpHandler handler = ((HttpHandler) _ -> Response.text("12345"))
                .with(AccessLog.common().to(lines::add));
        handler.handle(request);
        handler.handle(request.withMethod(Method.HEAD));
        assertThat(lines.getFirst()).endsWith("] \"GET /a?b=c HTTP/2\" 200 5");
        assertThat(lines.getLast()).endsWith("] \"HEAD /a?b=c HTTP/2\" 200 -");
    }

    @Test
    void nothingAClientSendsEndsALine() throws Exception {
        Headers raw = HttpParts.trusted().headers(new String[] {"User-Agent", "x\r\n192.0.2.9 - - \t\u0000"}, 2);
        for (AccessLog log : List.of(AccessLog.combined(), AccessLog.json())) {
            ((HttpHandler) _ -> Response.ok()).with(log.to(lines::add)).handle(request.withHeaders(raw));
        }
        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).doesNotContain("\r", "\n", "\u0000", "\t"));
        assertThat(lines.getFirst()).contains("\" 200 - \"-\" \"x\\x0d\\x0a192");
    }

    @Test
    void aJsonLineTellsWhatIsKnown() throws Exception {
        HttpHandler slow = _ -> {
            time.pass(Duration.ofNanos(1_234_567));
            return Response.text(404, "none");
        };
        slow.with(RequestIds.defaults(), AccessLog.json().to(lines::add).on(time))
                .handle(request);
        Map<?, ?> line = Body.text(lines.getFirst()).as(Map.class);
        assertThat(line.get("remote")).isEqualTo("192.0.2.1");
        assertThat(line.get("target")).isEqualTo("/a?b=c");
        assertThat(line.get("status")).isEqualTo(404);
        assertThat(line.get("bytes")).isEqualTo(4);
        assertThat(line.get("micros")).isEqualTo(1234);
        assertThat((String) line.get("request")).hasSize(16);
        assertThat(line.get("agent")).isEqualTo("test \"x\" \\ é");
        assertThat(line.containsKey("user")).isFalse();
    }

    @Test
    void aStreamIsLoggedWhenItIsOver() throws Exception {
        Body.Producer producer = sink -> {
            sink.write(Bytes.ofUtf8("abc"));
            sink.write(Bytes.ofUtf8("de"));
        };
        HttpHandler handler = ((HttpHandler) _ -> Response.ok(Body.writing(producer)))
                .with(AccessLog.json().to(lines::add).on(time));
        Response pushed = handler.handle(request);
        assertThat(lines).isEmpty();
        pushed.body().writeTo(piece -> assertThat(lines).isEmpty());
        assertThat(lines).hasSize(1).first().asString().contains("\"bytes\":5");
        handler.handle(request).body().bytes();
        assertThat(lines).hasSize(2).last().asString().contains("\"bytes\":5");
        Response cut = handler.handle(request);
        assertThat(cut.body().read().toUtf8()).isEqualTo("abc");
        cut.body().close();
        assertThat(lines).hasSize(3).last().asString().contains("\"bytes\":3");
    }

    @Test
    void whatIsThrownIsLoggedWithTheStatusOfItsAnswer() {
        HttpHandler refusing = ((HttpHandler) _ -> {
                    throw new LimitExceeded("body", 1, 2, Processed.NO);
                })
                .with(AccessLog.json().to(lines::add));
        assertThatExceptionOfType(LimitExceeded.class).isThrownBy(() -> refusing.handle(request));
        assertThat(lines.getFirst()).contains("\"status\":413");
    }

    @Test
    void whatIsThrownAndUnknownIsLoggedAs500() {
        HttpHandler failing = ((HttpHandler) _ -> {
                    throw new IllegalStateException("x");
                })
                .with(AccessLog.json().to(lines::add));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> failing.handle(request));
        assertThat(lines.getFirst()).contains("\"status\":500");
    }
}
