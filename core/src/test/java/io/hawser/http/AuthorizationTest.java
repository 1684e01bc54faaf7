package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AuthorizationTest {
    private static final String URL = "http://api.example.org/doc";

    private final FakeOrigin origin = FakeOrigin.answering(Response.ok());

    private String sent(Filter filter) throws Exception {
        origin.with(filter).handle(Request.get(URL));
        return origin.last().header("Authorization").orElse("");
    }

    @Test
    void basicIsUserAndPasswordInUtf8() throws Exception {
        assertThat(sent(Authorization.basic("Aladdin", "open sesame"))).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(sent(Authorization.basic("test", "123\u00a3"))).isEqualTo("Basic dGVzdDoxMjPCow==");
        assertThatIllegalArgumentException().isThrownBy(() -> Authorization.basic("a:b", "c"));
    }

    @Test
    void aSupplierIsAskedForEachRequest() throws Exception {
        Iterator<String> tokens = List.of("one", "two").iterator();
        Filter filter = Authorization.bearer(tokens::next);
        assertThat(sent(filter)).isEqualTo("Bearer one");
        assertThat(sent(filter)).isEqualTo("Bearer two");
        assertThat(sent(Authorization.bearer("three"))).isEqualTo("Bearer three");
    }

    @Test
    void whatTheRequestHasItselfStays() throws Exception {
        Request own = Request.get(URL).withHeader("Authorization", "Own x");
        for (Filter filter :
                List.of(Authorization.basic("a", "b"), Authorization.bearer("t"), DigestAuthorization.of("a", "b"))) {
            origin.with(filter).handle(own);
            assertThat(origin.last().headers().all("Authorization")).containsExactly("Own x");
        }
    }

    private static final String RFC_CHALLENGE = """
            Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=%s, \
            nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"""";

    private static Response challenge(String... fields) {
        Response response = Response.of(401);
        for (String field : fields) response = response.addingHeader("WWW-Authenticate", field);
        return response;
    }

    private static Filter mufasa() {
        return DigestAuthorization.of("Mufasa", "Circle of Life", () -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
    }

    private String answered(Response... script) throws Exception {
        FakeOrigin server = FakeOrigin.answering(script);
        server.with(mufasa()).handle(Request.get("http://www.example.org/dir/index.html"));
        return server.last().header("Authorization").orElse("");
    }

    @Test
    void digestAnswersAsTheStandardSays() throws Exception {
        assertThat(answered(challenge(RFC_CHALLENGE.formatted("MD5")), Response.ok()))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"")
                .contains("uri=\"/dir/index.html\"", "nc=00000001", "qop=auth,", "username=\"Mufasa\"");
        assertThat(answered(challenge(RFC_CHALLENGE.formatted("SHA-256")), Response.ok()))
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    @Test
    void theStrongestKnownAlgorithmIsTaken() throws Exception {
        Response both = challenge(
                "Basic realm=\"x, y\", " + RFC_CHALLENGE.formatted("MD5") + ", Bearer",
                RFC_CHALLENGE.formatted("SHA-256"),
                RFC_CHALLENGE.formatted("SHA-512-256"));
        assertThat(answered(both, Response.ok())).contains("algorithm=SHA-256", "753927fa0e85d1");
        assertThat(answered(challenge("Basic realm=x"), Response.ok())).isEmpty();
        assertThat(answered(challenge("Digest realm=x, nonce=n, qop=auth-int"), Response.ok()))
                .isEmpty();
    }

    @Test
    void theFormsWithoutQopAndWithSessionAndHiddenUserWork() throws Exception {
        assertThat(answered(challenge("Digest realm=\"r\", nonce=\"n\""), Response.ok()))
                .doesNotContain("cnonce", "nc=", "qop", "algorithm")
                .contains("response=\"0bab5c24c08a1ef94a6cc3d446ce558a\"");
        assertThat(answered(challenge("Digest realm=r, nonce=n, qop=auth, algorithm=MD5-sess"), Response.ok()))
                .contains("algorithm=MD5-sess", "nc=00000001", "response=\"fa16219ed2b637a681588d62d42c31db\"");
        String hidden = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, userhash=true";
        assertThat(answered(challenge(hidden), Response.ok()))
                .contains("userhash=true")
                .doesNotContain("Mufasa");
    }

    /// Source: RFC 7616 section 3.9.2
    @Test
    void aUserBeyondAsciiIsEncodedOrHidden() throws Exception {
        String challenge =
                "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-256, nonce=\"n\", charset=UTF-8";
        for (String userhash : List.of("", ", userhash=true")) {
            FakeOrigin server = FakeOrigin.answering(challenge(challenge + userhash), Response.ok());
            server.with(DigestAuthorization.of("J\u00e4s\u00f8n Doe", "Secret, or not?"))
                    .handle(Request.get("http://h/"));
            assertThat(server.last().header("Authorization").orElseThrow())
                    .contains(userhash.isEmpty() ? "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe" : "userhash=true");
        }
    }

    @Test
    void laterRequestsCountTheNonceUpAndTakeTheNextOne() throws Exception {
        FakeOrigin server = FakeOrigin.answering(
                challenge("Digest realm=r, nonce=first, qop=auth"),
                Response.ok(),
                Response.ok().withHeader("Authentication-Info", "nextnonce=\"second\", qop=auth"),
                Response.ok());
        HttpHandler client = server.with(mufasa());
        for (int i = 0; i < 3; i++) client.handle(Request.get("http://h/"));
        client.handle(Request.get("http://other/"));
        List<String> sent = server.requests().stream()
                .map(request -> request.header("Authorization").orElse("-"))
                .toList();
        assertThat(sent).hasSize(5);
        assertThat(sent.get(1)).contains("nonce=\"first\"", "nc=00000001");
        assertThat(sent.get(2)).contains("nonce=\"first\"", "nc=00000002");
        assertThat(sent.get(3)).contains("nonce=\"second\"", "nc=00000001");
        assertThat(sent.get(4)).isEqualTo("-");
    }

    @Test
    void aStaleNonceIsReplacedAndARefusalIsAnAnswer() throws Exception {
        FakeOrigin server = FakeOrigin.answering(
                challenge("Digest realm=r, nonce=a, qop=auth"),
                Response.ok(),
                challenge("Digest realm=r, nonce=b, qop=auth, stale=true"),
                Response.ok(),
                challenge("Digest realm=r, nonce=b, qop=auth"));
        HttpHandler client = server.with(mufasa());
        assertThat(client.handle(Request.get("http://h/")).status()).isEqualTo(200);
        assertThat(client.handle(Request.get("http://h/")).status()).isEqualTo(200);
        assertThat(client.handle(Request.get("http://h/")).status()).isEqualTo(401);
        assertThat(server.requests()).hasSize(5);
        FakeOrigin wrong = FakeOrigin.answering(challenge("Digest realm=r, nonce=a, qop=auth"));
        assertThat(wrong.with(mufasa()).handle(Request.get("http://h/")).status())
                .isEqualTo(401);
        assertThat(wrong.requests()).hasSize(2);
    }

    @Test
    void aBodyIsSentAgainOrKeepsThe401() throws Exception {
        FakeOrigin server = FakeOrigin.answering(challenge("Digest realm=r, nonce=a, qop=auth"), Response.ok());
        HttpHandler reading = request -> {
            String text = request.body().text();
            Response answer = server.handle(request);
            return text.equals("x") ? answer : Response.of(500);
        };
        Request post = Request.post("http://h/", Body.text("x")).withHeader("Content-Type", "text/own");
        assertThat(reading.with(mufasa()).handle(post).status()).isEqualTo(200);
        assertThat(server.last().header("Content-Type")).contains("text/own");
        FakeOrigin once = FakeOrigin.answering(challenge("Digest realm=r, nonce=a, qop=auth"), Response.ok());
        Request stream = Request.post("http://h/", Body.writing(sink -> {}));
        Body used = Body.of(new java.io.ByteArrayInputStream(new byte[1]));
        HttpHandler streaming = once.with(mufasa());
        assertThat(streaming.handle(stream.withBody(used)).status()).isEqualTo(401);
        assertThat(once.requests()).hasSize(1);
        assertThat(streaming.handle(stream.withBody(used)).status()).isEqualTo(200);
        assertThat(once.last().header("Authorization").orElseThrow()).contains("nonce=\"a\"");
    }
}
