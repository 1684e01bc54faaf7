package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedirectsTest {
    private static final String START = "https://shop.example/a/b?x=1";

    private final List<Redirect> told = new ArrayList<>();

    private FakeOrigin origin(int status, String location) {
        return FakeOrigin.answering(Response.redirect(status, location), Response.text("there"));
    }

    private Response follow(Request request, HttpHandler origin) throws Exception {
        return origin.with(Redirects.defaults().withListener(told::add)).handle(request);
    }

    @ParameterizedTest
    @CsvSource({
        "301,GET,GET", "301,HEAD,HEAD", "301,POST,GET", "301,PUT,PUT", "302,POST,GET", "302,PATCH,PATCH",
        "302,DELETE,DELETE", "303,POST,GET", "303,PUT,GET", "303,HEAD,HEAD", "303,DELETE,GET", "307,POST,POST",
        "307,GET,GET", "308,POST,POST", "308,PUT,PUT", "308,HEAD,HEAD"
    })
    void theMethodFollowsTheStatus(int status, String method, String followed) throws Exception {
        FakeOrigin origin = origin(status, "/there");
        Request request = Request.of(Method.of(method), START);
        boolean hasBody = method.startsWith("P");
        if (hasBody) request = request.withBody(Body.json(List.of(1)));
        assertThat(follow(request, origin).body().text()).isEqualTo("there");
        Request second = origin.last();
        assertThat(second.method().name()).isEqualTo(followed);
        boolean keepsBody = hasBody && followed.equals(method);
        assertThat(second.body().text()).isEqualTo(keepsBody ? "[1]" : "");
        assertThat(second.headers().has("Content-Type")).isEqualTo(keepsBody);
        assertThat(told).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/c,https://shop.example/c",
        "c,https://shop.example/a/c",
        "../c,https://shop.example/c",
        "./,https://shop.example/a/",
        "..,https://shop.example/",
        "../../../c/./d/../e,https://shop.example/c/e",
        "?y=2,https://shop.example/a/b?y=2",
        "'',https://shop.example/a/b?x=1",
        "#top,https://shop.example/a/b?x=1",
        "c#top,https://shop.example/a/c",
        "//other.example/c,https://other.example/c",
        "https://other.example,https://other.example/",
        "HTTPS://Other.example:8443?q,https://Other.example:8443/?q",
        "https://user:secret@other.example/c,https://other.example/c",
        "/with space and \\,https://shop.example/with%20space%20and%20%5C",
        "/c?u=http://x/../y,https://shop.example/c?u=http://x/../y"
    })
    void locationsAreResolved(String location, String expected) throws Exception {
        FakeOrigin origin = origin(308, location);
        if (expected.equals(START)) {
            assertThatThrownBy(() -> follow(Request.get(START), origin)).hasMessageContaining("loop");
            return;
        }
        follow(Request.get(START), origin);
        assertThat(origin.last().target()).isEqualTo(expected);
    }

    @Test
    void anUnescapedByteOfALocationIsEscaped() throws Exception {
        FakeOrigin origin = origin(302, "/caf\u00c3\u00a9");
        follow(Request.get(START), origin);
        assertThat(origin.last().target()).isEqualTo("https://shop.example/caf%C3%A9");
    }

    @Test
    void credentialsStayWithTheirOrigin() throws Exception {
        Request request = Request.get(START)
                .withHeader("Authorization", "Bearer t")
                .withHeader("Cookie", "a=b")
                .withHeader("Proxy-Authorization", "Basic x")
                .withHeader("Host", "shop.example")
                .withHeader("Accept", "text/html");
        FakeOrigin same = origin(302, "https://SHOP.example:443/there");
        follow(request, same);
        assertThat(same.last().headers().names())
                .containsExactly("accept", "authorization", "cookie", "proxy-authorization");
        for (String other :
                List.of("https://shop.example:444/", "https://www.shop.example/", "https://evil.example/")) {
            FakeOrigin crossed = origin(302, other);
            follow(request, crossed);
            assertThat(crossed.last().headers().names()).containsExactly("accept");
        }
    }

    @Test
    void filtersOfAuthenticationAddNothingOnceTheOriginWasLeft() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(
                Response.redirect(302, "/same"),
                Response.redirect(302, "https://evil.example/"),
                Response.redirect(302, START),
                Response.ok());
        HttpHandler client =
                origin.with(Redirects.defaults(), Authorization.bearer("t"), Authorization.field("X-Api-Key", "k"));
        client.handle(Request.get("https://shop.example/first"));
        assertThat(origin.requests())
                .extracting(request -> request.header("Authorization").isPresent())
                .containsExactly(true, true, false, false);
        assertThat(origin.requests())
                .extracting(request -> request.header("X-Api-Key").isPresent())
                .containsExactly(true, true, false, false);
    }

    @Test
    void httpsToHttpIsLeftToTheCallerUnlessAllowed() throws Exception {
        Response answer = follow(Request.get(START), origin(302, "http://shop.example/plain"));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().isFollowed()).isFalse();
        assertThat(told.getFirst())
                .hasToString("302 " + START + " -> GET http://shop.example/plain (not followed: https leads to http)");
        FakeOrigin origin = origin(302, "http://shop.example/plain");
        origin.with(Redirects.defaults().withDowngrade(true)).handle(Request.get(START));
        assertThat(origin.last().target()).isEqualTo("http://shop.example/plain");
    }

    @Test
    void aBodyThatCannotBeSentAgainIsNotLost() throws Exception {
        Request upload = Request.post(START, Body.of(new ByteArrayInputStream(new byte[10])));
        Response answer = follow(upload, origin(307, "/there"));
        assertThat(answer.status()).isEqualTo(307);
        assertThat(told.getFirst().refused()).contains("body");
        assertThat(follow(upload, origin(303, "/there")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"300", "304", "305", "306"})
    void otherStatusesAreAnswers(int status) throws Exception {
        Response answer = Response.of(status).withHeader("Location", "/there");
        assertThat(follow(Request.get(START), FakeOrigin.answering(answer))).isSameAs(answer);
    }

    @ParameterizedTest
    @CsvSource({"ftp://x/y", "mailto:a@b", "https://", "https:/x", "http://:80/", "data:x"})
    void aLocationThatIsNoneIsAnAnswer(String location) throws Exception {
        assertThat(follow(Request.get(START), origin(302, location)).status()).isEqualTo(302);
        assertThat(told.getFirst().refused()).contains("location");
        Response without = Response.of(302);
        assertThat(follow(Request.get(START), FakeOrigin.answering(without))).isSameAs(without);
    }

    @Test
    void moreThanTheLimitIsAnErrorWithTheChain() {
        HttpHandler endless = request -> {
            int n = Integer.parseInt(request.rawPath().substring(1));
            return Response.redirect(302, "/" + (n + 1) + "?token=secret");
        };
        assertThatThrownBy(() -> endless.with(Redirects.defaults()).handle(Request.get("http://h/0")))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("redirects exceeded: 21 where at most 20")
                .hasMessageContaining("http://h/0 -> http://h/1?... -> http://h/2?...")
                .hasMessageContaining("http://h/21")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> endless.with(Redirects.defaults().withMax(0)).handle(Request.get("http://h/0")))
                .isInstanceOf(LimitExceeded.class);
    }

    @Test
    void aLoopIsAnErrorUnlessACookieWasSetOnTheWay() throws Exception {
        FakeOrigin loop = FakeOrigin.answering(
                Response.redirect(302, "/b"), Response.redirect(302, "/a"), Response.redirect(302, "/b"));
        assertThatThrownBy(() -> follow(Request.get("http://h/a"), loop))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("loop: http://h/a -> http://h/b -> http://h/a");
        FakeOrigin login = FakeOrigin.answering(
                Response.redirect(302, "/a").withHeader("Set-Cookie", "seen=1"), Response.text("welcome"));
        assertThat(follow(Request.get("http://h/a"), login).body().text()).isEqualTo("welcome");
    }

    @Test
    void aPostToItselfThatIsFollowedByGetIsNoLoop() throws Exception {
        FakeOrigin form = FakeOrigin.answering(Response.redirect(303, "/form"), Response.text("thanks"));
        Request post = Request.post("http://h/form", Body.of(Bytes.ofUtf8("x")));
        assertThat(follow(post, form).body().text()).isEqualTo("thanks");
    }

    @Test
    void theChainIsToldToTheOneWhoAskedForIt() throws Exception {
        FakeOrigin origin =
                FakeOrigin.answering(Response.redirect(301, "/b"), Response.redirect(303, "/c"), Response.ok());
        List<Redirect> mine = new ArrayList<>();
        Request request = Request.get("http://h/a").withAttribute(Redirects.LISTENER, mine::add);
        follow(request, origin);
        assertThat(mine)
                .extracting(Redirect::toString)
                .containsExactly("301 http://h/a -> GET http://h/b", "303 http://h/b -> GET http://h/c");
        assertThat(told).isEqualTo(mine);
    }

    @Test
    void theBodyOfARedirectIsClosed() throws Exception {
        boolean[] closed = {false};
        Body body = new Body() {
            @Override
            public Bytes read() {
                return Bytes.EMPTY;
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        follow(
                Request.get(START),
                FakeOrigin.answering(Response.redirect(302, "/x").withBody(body), Response.ok()));
        assertThat(closed[0]).isTrue();
    }

    @Test
    void aFieldThatIsNamedIsKeptFromOtherOriginsBesideTheOthers() throws Exception {
        Request request = Request.get(START)
                .withHeader("Authorization", "Bearer t")
                .withHeader("Cookie", "a=b")
                .withHeader("Proxy-Authorization", "Basic x")
                .withHeader("X-Api-Key", "k")
                .withHeader("X-Tenant", "t")
                .withHeader("Accept", "text/html");
        FakeOrigin origin = origin(302, "https://evil.example/");
        origin.with(Redirects.defaults().withCredentials("X-Api-Key").withCredentials("X-Tenant"))
                .handle(request);
        assertThat(origin.last().headers().names()).containsExactly("accept");
    }
}
