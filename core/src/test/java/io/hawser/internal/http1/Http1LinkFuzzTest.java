package io.hawser.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Body;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.testing.Fuzzing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whatever a client sends on one connection: the handler is asked the same however it was cut, so nobody
/// can hide a request in another one's body, and each answer is whole.
public final class Http1LinkFuzzTest {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3}) [A-Z]");

    private record Outcome(List<String> asked, List<String> statuses) {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Outcome> outcomes =
                Fuzzing.cuts(input).stream().map(Http1LinkFuzzTest::serve).toList();
        Outcome outcome = outcomes.getFirst();
        assertThat(outcome.statuses).doesNotContain("500");
        for (String line : outcome.asked) assertThat(line).doesNotContain("\r", "\n", "\0");
        for (Outcome cut : outcomes) {
            if (cut.equals(outcome)) continue;
            // A request whose body turns out bad may have been asked, and answered, before that.
            assertThat(outcome.statuses.getLast()).as(outcomes.toString()).isIn("400", "431");
            assertThat(cut.asked).hasSizeBetween(outcome.asked.size(), outcome.asked.size() + 1);
            assertThat(cut.asked.subList(0, outcome.asked.size())).isEqualTo(outcome.asked);
        }
    }

    private static Outcome serve(List<byte[]> pieces) {
        List<String> asked = new ArrayList<>();
        HttpHandler handler = request -> answer(request, asked);
        try (Http1Wire wire = new Http1Wire(HttpConfig.defaults(), handler.nonBlocking())) {
            for (byte[] piece : pieces) wire.send(Fuzzing.text(piece));
            // A line that has not ended is judged when it has, or nothing more will come.
            wire.channel.endInput();
            List<String> statuses = STATUS_LINE
                    .matcher(wire.received())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            return new Outcome(asked, statuses);
        }
    }

    private static Response answer(Request request, List<String> asked) {
        asked.add(request.method() + " " + request.target() + " " + request.headers());
        return Response.ok(Body.text("asked"));
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nHEAD /2 HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /2 HTTP/1.1\r\n\r\n",
                "PUT /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok",
                "GET /old HTTP/1.0\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /u HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AA\r\n\r\n");
    }

    @Test
    void aClientThatSendsAnythingIsUnderstoodAlikeHoweverItIsCut() {
        Fuzzing.check(seeds(), Http1LinkFuzzTest::fuzzerTestOneInput);
    }
}
