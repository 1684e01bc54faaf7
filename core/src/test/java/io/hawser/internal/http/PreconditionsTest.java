package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.ConditionalRequests;
import io.hawser.http.Headers;
import io.hawser.http.HttpHandler;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreconditionsTest {
    private static final Instant MODIFIED = Instant.parse("1994-11-06T08:49:37Z");
    private static final String SAME = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String LATER = "Sun, 06 Nov 1994 08:49:38 GMT";
    private static final String EARLIER = "Sun, 06 Nov 1994 08:49:36 GMT";

    /// The dates stand for those above; the tag is "a".
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "GET|If-Match: \"a\"|0",
                "GET|If-Match: \"b\", \"a\"|0",
                "GET|If-Match: \"b\"|412",
                "GET|If-Match: W/\"a\"|412",
                "GET|If-Match: *|0",
                "GET|If-Match: a|412",
                "GET|If-Match: |412",
                "PUT|If-Match: \"a\"|0",
                "PUT|If-Match: \"b\"|412",
                "GET|If-None-Match: \"a\"|304",
                "HEAD|If-None-Match: \"a\"|304",
                "PUT|If-None-Match: \"a\"|412",
                "GET|If-None-Match: W/\"a\"|304",
                "GET|If-None-Match: \"b\",W/\"c\" , \"a\"|304",
                "GET|If-None-Match: \"b\"|0",
                "GET|If-None-Match: *|304",
                "PUT|If-None-Match: *|412",
                "GET|If-None-Match: a|0",
                "GET|If-None-Match: \"a|0",
                "GET|If-None-Match: \"b,\"a\"|0",
                "GET|If-None-Match: w/\"a\"|0",
                "GET|If-Modified-Since: SAME|304",
                "GET|If-Modified-Since: LATER|304",
                "GET|If-Modified-Since: EARLIER|0",
                "HEAD|If-Modified-Since: SAME|304",
                "PUT|If-Modified-Since: SAME|0",
                "GET|If-Modified-Since: nonsense|0",
                "GET|If-Unmodified-Since: SAME|0",
                "GET|If-Unmodified-Since: LATER|0",
                "GET|If-Unmodified-Since: EARLIER|412",
                "PUT|If-Unmodified-Since: EARLIER|412",
                "PUT|If-Unmodified-Since: nonsense|0",
                "GET|If-None-Match: \"b\"; If-Modified-Since: LATER|0",
                "GET|If-None-Match: \"a\"; If-Modified-Since: EARLIER|304",
                "GET|If-Match: \"a\"; If-Unmodified-Since: EARLIER|0",
                "GET|If-Match: \"b\"; If-None-Match: \"a\"|412",
                "GET|If-Match: \"a\"; If-None-Match: \"a\"|304",
                "GET|If-Unmodified-Since: SAME; If-Modified-Since: SAME|304",
                "GET|X: y|0",
            })
    void conditionsAreJudgedInOrder(String method, String fields, int expected) {
        Headers.Builder headers = Headers.builder();
        for (String field : fields.split("; ", -1)) {
            String[] pair = field.split(":", 2);
            headers.add(
                    pair[0],
                    pair[1].replace("SAME", SAME).replace("LATER", LATER).replace("EARLIER", EARLIER));
        }
        Request request = Request.of(Method.of(method), "/").withHeaders(headers.build());
        assertThat(Preconditions.judge(request, "\"a\"", Optional.of(MODIFIED))).isEqualTo(expected);
    }

    @Test
    void withoutValidatorsOnlyTheStarMatches() {
        assertThat(judge("If-None-Match", "\"\"")).isZero();
        assertThat(judge("If-None-Match", "*")).isEqualTo(304);
        assertThat(judge("If-Match", "\"\"")).isEqualTo(412);
        assertThat(judge("If-Modified-Since", LATER)).isZero();
        assertThat(judge("If-Unmodified-Since", EARLIER)).isZero();
    }

    private static int judge(String name, String value) {
        return Preconditions.judge(Request.get("/").withHeader(name, value), "", Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "\"1\",\"1\",true,true",
                "W/\"1\",W/\"1\",false,true",
                "W/\"1\",\"1\",false,true",
                "W/\"1\",W/\"2\",false,false",
                "\"1\",\"2\",false,false"
            })
    void tagsAreComparedStronglyOrWeakly(String one, String other, boolean strong, boolean weak) {
        assertThat(EntityTags.areEqual(one, other, true)).isEqualTo(strong);
        assertThat(EntityTags.areEqual(other, one, true)).isEqualTo(strong);
        assertThat(EntityTags.areEqual(one, other, false)).isEqualTo(weak);
        assertThat(EntityTags.areEqual(other, one, false)).isEqualTo(weak);
    }

    @Test
    void anAnswerInMemoryGetsATag() throws Exception {
        HttpHandler handler = ((HttpHandler) _ -> Response.text("content")).with(ConditionalRequests.INSTANCE);
        Response first = handler.handle(Request.get("/"));
        String tag = first.headers().value("ETag", "");
        assertThat(tag).isEqualTo(EntityTags.of(Bytes.ofUtf8("content"))).startsWith("\"");
        Response second = handler.handle(Request.get("/").withHeader("If-None-Match", tag));
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.body().length()).hasValue(0);
        assertThat(second.headers().names()).containsExactly("etag");
        assertThat(handler.handle(Request.get("/").withHeader("If-Match", "\"x\""))
                        .status())
                .isEqualTo(412);
        assertThat(handler.handle(Request.post("/", Body.empty()).withHeader("If-Match", "\"x\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTagOfTheHandlersOwnIsKept() throws Exception {
        for (Response own : List.of(
                Response.text("x").withHeader("ETag", "W/\"own\""),
                Response.ok(Body.writing(sink -> sink.write(Bytes.ofUtf8("x")))).withHeader("Last-Modified", SAME))) {
            HttpHandler handler = ((HttpHandler) _ -> own).with(ConditionalRequests.INSTANCE);
            assertThat(handler.handle(Request.get("/")).headers()).isEqualTo(own.headers());
            Request known = Request.get("/")
                    .withHeaders(
                            own.headers().has("ETag")
                                    ? Headers.of("If-None-Match", "\"own\"")
                                    : Headers.of("If-Modified-Since", SAME));
            assertThat(handler.handle(known).status()).isEqualTo(304);
        }
    }
}
