package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.TimeSource;
import io.hawser.testing.FakeTime;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class RequestSigningTest {
    private static final Bytes SECRET = Bytes.wrap(Base64.getDecoder()
            .decode("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="));

    private static TimeSource at(long epochSecond) {
        FakeTime time = new FakeTime();
        time.pass(Duration.between(time.now(), Instant.ofEpochSecond(epochSecond)));
        return time;
    }

    /// Source: RFC 9421 appendix B.2.5
    @Test
    void theSignatureOfTheStandardComesOut() throws Exception {
        Request request = Request.post("https://example.com/foo?param=Value&Pet=dog", Body.empty())
                .withHeader("Host", "example.com")
                .withHeader("Date", "Tue, 20 Apr 2021 02:07:55 GMT")
                .withHeader("Content-Type", "application/json");
        Headers added = MessageSignatures.hmacSha256("test-shared-secret", SECRET)
                .covering("date", "@authority", "content-type")
                .on(at(1618884473))
                .sign(request, Bytes.EMPTY);
        assertThat(added.value("Signature-Input", ""))
                .isEqualTo(
                        "sig1=(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"");
        assertThat(added.value("Signature", "")).isEqualTo("sig1=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:");
    }

    @Test
    void contentIsCoveredByItsDigestAndSentAsItWas() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(Response.ok());
        HttpHandler client = origin.with(RequestSigning.by(MessageSignatures.hmacSha256("k", SECRET)));
        Bytes content = Bytes.ofUtf8("{\"hello\": \"world\"}");
        client.handle(Request.post("http://h/", Body.of(new ByteArrayInputStream(content.toArray()))));
        assertThat(origin.last().body().bytes()).isEqualTo(content);
        assertThat(origin.last().header("Content-Digest"))
                .contains("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
        assertThat(origin.last().header("Signature-Input").orElseThrow())
                .contains("\"@method\" \"@target-uri\" \"content-digest\"");
        client.handle(Request.get("http://h/"));
        assertThat(origin.last().headers().has("Content-Digest")).isFalse();
    }

    @Test
    void everyPartThatIsCoveredChangesTheSignature() throws Exception {
        MessageSignatures signer = MessageSignatures.hmacSha256("k", SECRET)
                .covering("@method", "@scheme", "@path", "@query", "@request-target", "x")
                .on(at(1));
        Request request = Request.get("http://h/a?b").withHeader("X", "1");
        String signature = signer.sign(request, Bytes.EMPTY).value("Signature", "");
        for (Request other : java.util.List.of(
                request.withMethod(Method.POST),
                request.withTarget("https://h/a?b"),
                request.withTarget("http://h/b?b"),
                request.withTarget("http://h/a?c"),
                request.addingHeader("X", "2"))) {
            assertThat(signer.sign(other, Bytes.EMPTY).value("Signature", "")).isNotEqualTo(signature);
        }
        assertThatThrownBy(() -> signer.sign(Request.get("http://h/"), Bytes.EMPTY))
                .hasMessageContaining("no x");
    }

    @Test
    void whatIsTooLargeToBeReadBeforeIsNotSent() {
        FakeOrigin origin = FakeOrigin.answering(Response.ok());
        Filter signing = RequestSigning.by((request, content) -> Headers.of("X-Size", "" + content.size()))
                .withMaxBytes(3);
        assertThatThrownBy(() -> origin.with(signing).handle(Request.post("http://h/", Body.text("four"))))
                .isInstanceOf(LimitExceeded.class);
        assertThat(origin.requests()).isEmpty();
    }

    @Test
    void aSignerOfOnesOwnIsALambda() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(Response.ok());
        Filter signing = RequestSigning.by((request, content) -> Headers.of("X-Size", "" + content.size()));
        origin.with(signing).handle(Request.post("http://h/", Body.text("four")));
        assertThat(origin.last().header("X-Size")).contains("4");
    }
}
