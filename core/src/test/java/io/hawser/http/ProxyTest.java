package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.Rejected;
import io.hawser.policy.RetryConfig;
import io.hawser.policy.WeightedEndpoint;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyTest {
    private static final Endpoint BEHIND = Endpoint.of("10.0.0.1", 80);
    private static final UpstreamConfig ONCE =
            UpstreamConfig.named("shop").withRetry(RetryConfig.defaults().withAttempts(1));

    private final List<Request> received = new ArrayList<>();

    private Response behind(Request request) {
        received.add(request);
        return Response.text("hello");
    }

    private static Proxy proxy(HttpHandler behind, ProxyConfig config) {
        return Proxy.to(Upstream.over(behind, WeightedEndpoint.equally(List.of(BEHIND)), ONCE), config);
    }

    private Request passedOn(Request request, ProxyConfig config) throws Exception {
        try (Proxy proxy = proxy(this::behind, config)) {
            assertThat(proxy.handle(request).status()).isEqualTo(200);
        }
        return received.getLast();
    }

    private static Response answer(Request request, HttpHandler behind) throws Exception {
        try (Proxy proxy = proxy(behind, ProxyConfig.defaults())) {
            return proxy.handle(request);
        }
    }

    @Test
    void theFieldsOfOneConnectionStayBehind() throws Exception {
        Headers fields = Headers.of(
                "Host", "shop.example",
                "Connection", "keep-alive, X-Hop",
                "X-Hop", "1",
                "Keep-Alive", "timeout=5",
                "Proxy-Authorization", "Basic eA==",
                "Proxy-Connection", "keep-alive",
                "TE", "gzip, trailers",
                "Trailer", "X-Sum",
                "Transfer-Encoding", "chunked",
                "Upgrade", "h2c",
                "HTTP2-Settings", "AAMAAABk",
                "Expect", "100-continue",
                "Authorization", "Bearer t",
                "Cookie", "a=b",
                "X-Own", "kept");
        Headers passed = passedOn(Request.get("/a").withHeaders(fields), ProxyConfig.defaults())
                .headers();
        assertThat(passed.names())
                .containsExactlyInAnyOrder(
                        "te",
                        "authorization",
                        "cookie",
                        "x-own",
                        "via",
                        "forwarded",
                        "x-forwarded-for",
                        "x-forwarded-proto",
                        "x-forwarded-host");
        assertThat(passed.first("TE")).contains("trailers");
    }

    @Test
    void inHttp10AnUpgradeIsPassedOver() throws Exception {
        Request asking = Request.get("/a")
                .withHeaders(Headers.of("Upgrade", "websocket", "Connection", "Upgrade"))
                .withPeer(Peer.none().withVersion(HttpVersion.HTTP_1_0));
        assertThat(passedOn(asking, ProxyConfig.defaults()).headers().has("Upgrade"))
                .isFalse();
    }

    @Test
    void whatAClientSaysOfItselfIsReplaced() throws Exception {
        Headers lies = Headers.of(
                "Host", "shop.example",
                "Forwarded", "for=1.2.3.4",
                "X-Forwarded-For", "1.2.3.4",
                "X_Forwarded_For", "1.2.3.4",
                "X-Forwarded-Port", "1",
                "X-Forwarded-Prefix", "/admin",
                "X-Real-IP", "1.2.3.4");
        Peer peer = Peer.none().withRemote(Endpoint.of("2001:db8::1", 4711)).withScheme("https");
        Headers passed = passedOn(Request.get("/a").withHeaders(lies).withPeer(peer), ProxyConfig.defaults())
                .headers();
        assertThat(passed.all("Forwarded")).containsExactly("for=\"[2001:db8::1]\";proto=https;host=\"shop.example\"");
        assertThat(passed.all("X-Forwarded-For")).containsExactly("2001:db8::1");
        assertThat(passed.all("X-Forwarded-Proto")).containsExactly("https");
        assertThat(passed.all("X-Forwarded-Host")).containsExactly("shop.example");
        assertThat(passed.toString()).doesNotContain("1.2.3.4");
        assertThat(passed.has("X-Forwarded-Port")).isFalse();
        assertThat(passed.has("X-Forwarded-Prefix")).isFalse();
    }

    @Test
    void viaGrowsByOneAndALoopEnds() throws Exception {
        Request seen = Request.get("/a")
                .withHeader("Via", "1.0 front")
                .withPeer(Peer.none().withVersion(HttpVersion.HTTP_2));
        Headers passed = passedOn(seen, ProxyConfig.defaults().withName("edge")).headers();
        assertThat(passed.all("Via")).containsExactly("1.0 front, 2 edge");
        Proxy[] loop = new Proxy[1];
        List<Integer> rounds = new ArrayList<>();
        HttpHandler back = request -> {
            rounds.add(1);
            return loop[0].handle(request);
        };
        try (Proxy proxy = proxy(back, ProxyConfig.defaults())) {
            loop[0] = proxy;
            assertThat(proxy.handle(Request.get("/a")).status()).isEqualTo(508);
        }
        assertThat(rounds).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({
        "/shop,'',/shop", "/shop/a?b=c,/shop,/a?b=c", "/shop,/shop,/", "/shop?q,/shop,/?q",
        "/shop//x,/shop,//x", "/shopping,/shop,/shopping", "http://other/shop/a,/shop,/a", "/a%20b,'',/a%20b"
    })
    void thePathGoesOnWithoutItsBeginning(String target, String stripped, String expected) throws Exception {
        Request passed = passedOn(Request.get(target), ProxyConfig.defaults().withStripped(stripped));
        assertThat(passed.target()).isEqualTo("http://10.0.0.1:80" + expected);
        assertThat(passed.headers().value("X-Forwarded-Prefix", "")).isEqualTo(stripped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shop/../admin",
                "/shop/%2e%2E/admin",
                "/shop/./a",
                "/shop/..;/admin",
                "/shop/..%2fadmin",
                "/shop/..\\admin",
                "/shop/%5c..%5cadmin",
                "/..",
                "*"
            })
    void aPathThatMayMeanAnotherRouteIsRefused(String path) throws Exception {
        assertThat(answer(Request.of(Method.OPTIONS, path), this::behind).status())
                .isEqualTo(400);
        assertThat(received).isEmpty();
    }

    @Test
    void dotsThatAreNoSegmentGoOn() throws Exception {
        assertThat(passedOn(Request.get("/.well-known/a..b/...%25"), ProxyConfig.defaults())
                        .rawPath())
                .isEqualTo("/.well-known/a..b/...%25");
    }

    @Test
    void theHostIsThatOfTheUpstreamUnlessItIsKept() throws Exception {
        Request request = Request.get("/a").withHeader("Host", "shop.example");
        assertThat(passedOn(request, ProxyConfig.defaults()).header("Host")).isEmpty();
        assertThat(passedOn(request, ProxyConfig.defaults().withHostKept(true)).header("Host"))
                .contains("shop.example");
        assertThat(received.getLast().target()).isEqualTo("http://10.0.0.1:80/a");
    }

    @Test
    void whatAnotherCouldBeReachedByIsRefused() throws Exception {
        for (Method method : List.of(Method.CONNECT, Method.TRACE)) {
            Response refused = answer(Request.of(method, "example.com:443"), this::behind);
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow")).isPresent();
        }
        Request handshakeWithoutAKey = Request.get("/a").withHeader("Upgrade", "websocket");
        assertThat(answer(handshakeWithoutAKey, this::behind).status()).isEqualTo(400);
        assertThat(received).isEmpty();
    }

    @Test
    void maxForwardsIsCountedDown() throws Exception {
        Request options = Request.of(Method.OPTIONS, "/a");
        assertThat(answer(options.withHeader("Max-Forwards", "0"), this::behind).status())
                .isEqualTo(204);
        assertThat(received).isEmpty();
        assertThat(passedOn(options.withHeader("Max-Forwards", "3"), ProxyConfig.defaults())
                        .header("Max-Forwards"))
                .contains("2");
        assertThat(passedOn(Request.get("/").withHeader("Max-Forwards", "0"), ProxyConfig.defaults())
                        .header("Max-Forwards"))
                .contains("0");
    }

    @Test
    void anAnswerComesWithoutTheFieldsOfItsConnection() throws Exception {
        Headers fields = Headers.of(
                "Connection", "X-Hop",
                "X-Hop", "1",
                "Keep-Alive", "timeout=5",
                "Transfer-Encoding", "chunked",
                "Upgrade", "h2c",
                "Proxy-Authenticate", "Basic",
                "Date", "Thu, 01 Jan 1970 00:00:00 GMT",
                "Set-Cookie", "a=b",
                "Set-Cookie", "c=d");
        Response passed = answer(Request.get("/"), request -> Response.of(404, fields, Body.text("no")));
        assertThat(passed.status()).isEqualTo(404);
        assertThat(passed.headers().names()).containsExactlyInAnyOrder("date", "set-cookie");
        assertThat(passed.headers().all("Set-Cookie")).containsExactly("a=b", "c=d");
        assertThat(passed.body().text()).isEqualTo("no");
    }

    @Test
    void trailersGoThroughButNotThoseThatSayHowAMessageIsRead() throws Exception {
        Body body = Body.of(new ByteArrayInputStream(new byte[] {120}))
                .withTrailers(() -> Headers.of("X-Sum", "1", "Content-Length", "9", "Transfer-Encoding", "chunked"));
        Response passed = answer(Request.get("/"), request -> Response.of(200, Headers.of("Trailer", "X-Sum"), body));
        assertThat(passed.header("Trailer")).contains("X-Sum");
        assertThat(passed.body().read()).isEqualTo(Bytes.ofUtf8("x"));
        assertThat(passed.body().read()).isEqualTo(Bytes.EMPTY);
        assertThat(passed.body().trailers()).isEqualTo(Headers.of("X-Sum", "1"));
    }

    @Test
    void headSaysTheLengthThatItsUpstreamSaid() throws Exception {
        Response passed = answer(
                Request.head("/"), request -> Response.of(200, Headers.of("Content-Length", "4711"), Body.empty()));
        assertThat(passed.body().length()).hasValue(4711);
        assertThat(passed.body().read()).isEqualTo(Bytes.EMPTY);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ConnectFailed("10.0.0.1:80 secret", null), 502),
                Arguments.of(new ConnectionLost("10.0.0.1:80 secret", Processed.MAYBE, null), 502),
                Arguments.of(new ProtocolError(400, "secret", "RFC 9112"), 502),
                Arguments.of(new LimitExceeded("secret head", 1, 2, Processed.MAYBE), 502),
                Arguments.of(new DeadlineExceeded("secret", Processed.MAYBE), 504),
                Arguments.of(new DeadlineExceeded("secret", Processed.NO), 504),
                Arguments.of(new Rejected("secret", Duration.ofSeconds(7)), 503));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsAProblemWithoutInternals(HawserException failure, int status) throws Exception {
        Response passed = answer(Request.get("/"), request -> {
            throw failure;
        });
        assertThat(passed.status()).isEqualTo(status);
        assertThat(passed.header("Content-Type")).contains("application/problem+json");
        assertThat(passed.body().text()).doesNotContain("secret").doesNotContain("10.0.0");
        assertThat(passed.header("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @Test
    void anAnswerThatIsNoneIsABadGateway() throws Exception {
        for (int status : new int[] {101, 103, 600, 999}) {
            assertThat(answer(Request.get("/"), request -> Response.of(status)).status())
                    .isEqualTo(502);
        }
    }

    @Test
    void whatIsWrongWithTheClientsOwnBodyIsToldToTheClient() {
        LimitExceeded tooLong = new LimitExceeded("body", 1, 2, Processed.NO);
        Request post = Request.post("/", new Body() {
            @Override
            public Bytes read() {
                throw tooLong;
            }
        });
        assertThatThrownBy(() -> answer(post, request -> {
                    request.body().read();
                    throw new ConnectionLost("cut", Processed.MAYBE, null);
                }))
                .isSameAs(tooLong);
    }

    @Test
    void aCallThatIsGivenUpIsNoAnswer() {
        assertThatThrownBy(() -> answer(Request.get("/"), request -> {
                    throw new Cancelled("gone", Processed.MAYBE, null);
                }))
                .isInstanceOf(Cancelled.class);
    }

    @Test
    void aConfigurationIsChecked() {
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProxyConfig.defaults().withWebSocketIdle(none));
        }
        for (String bad : List.of("", "a b", "a,b", "a(b", "a\"b", "caf\u00e9")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProxyConfig.defaults().withName(bad));
        }
        assertThat(ProxyConfig.defaults().withName("edge:8080").name()).isEqualTo("edge:8080");
    }
}
