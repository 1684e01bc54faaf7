package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hawser.io.ExecutionMode;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouterTest {
    private static final String[] PATTERNS = {
        "/",
        "/users",
        "/users/",
        "/users/{id:int}",
        "/users/{id:long}",
        "/users/{id:uuid}",
        "/users/{id}",
        "/users/me",
        "/users/{id}/files/{path...}",
        "/users/me/{what}",
        "/a/{x}/c",
        "/a/b/{y}",
        "/a/b/d/{z...}",
        "/café/{name}",
        "/a%20b",
        "/files/{path...}",
        "/files/{name}/info",
    };

    private final Router router = all();

    private static Router all() {
        Router.Builder builder = Router.builder();
        for (String pattern : PATTERNS) builder.get(pattern, request -> seen(pattern, request));
        return builder.build();
    }

    /// The pattern with the values of its parameters.
    private static Response seen(String pattern, Request request) {
        String text = pattern;
        for (String name : new String[] {"id", "path", "what", "x", "y", "z", "name"}) {
            if (!pattern.contains("{" + name)) continue;
            text = text + " " + name + "=" + request.pathParameter(name);
        }
        return Response.text(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/|/",
                "/?a=b|/",
                "/users|/users",
                "/users?x|/users",
                "/users/|/users/",
                "/us%65rs|/users",
                "/users/7|/users/{id:int} id=7",
                "/users/0|/users/{id:int} id=0",
                "/users/-7|/users/{id:int} id=-7",
                "/users/%37|/users/{id:int} id=7",
                "/users/2147483647|/users/{id:int} id=2147483647",
                "/users/2147483648|/users/{id:long} id=2147483648",
                "/users/-2147483648|/users/{id:int} id=-2147483648",
                "/users/-2147483649|/users/{id:long} id=-2147483649",
                "/users/9223372036854775807|/users/{id:long} id=9223372036854775807",
                "/users/9223372036854775808|/users/{id} id=9223372036854775808",
                "/users/007|/users/{id} id=007",
                "/users/+7|/users/{id} id=+7",
                "/users/-|/users/{id} id=-",
                "/users/1e3|/users/{id} id=1e3",
                "/users/%D9%A1|/users/{id} id=١",
                "/users/123e4567-e89b-12d3-a456-426614174000|/users/{id:uuid} id=123e4567-e89b-12d3-a456-426614174000",
                "/users/123e4567-e89b-12d3-a456-42661417400|/users/{id} id=123e4567-e89b-12d3-a456-42661417400",
                "/users/me|/users/me",
                "/users/ME|/users/{id} id=ME",
                "/users/a%2Fb|/users/{id} id=a/b",
                "/users/a;b=c|/users/{id} id=a;b=c",
                "/users/me/files|/users/me/{what} what=files",
                "/users/me/files/a/b|/users/{id}/files/{path...} id=me path=a/b",
                "/users/x/files/|/users/{id}/files/{path...} id=x path=",
                "/a/b/c|/a/b/{y} y=c",
                "/a/x/c|/a/{x}/c x=x",
                "/a/b/d/|/a/b/d/{z...} z=",
                "/a/b/d|/a/b/{y} y=d",
                "/caf%C3%A9/x|/café/{name} name=x",
                "/a%2520b|/a%20b",
                "/files/|/files/{path...} path=",
                "/files/a//b/|/files/{path...} path=a//b/",
                "/files/a/info|/files/{name}/info name=a",
                "/files/a/info/|/files/{path...} path=a/info/",
                "/files/a%5Cb|/files/{path...} path=a\\b",
                "http://h/users/7|/users/{id:int} id=7",
                "http://h|/",
            })
    void aPathHasOneRoute(String target, String expected) throws Exception {
        Response response = router.handle(Request.get(target));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().text().replaceAll(" (path|z)= ?$", " $1=")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/none",
                "//",
                "//users",
                "/users//",
                "/Users",
                "/a/x",
                "/a/x/c/",
                "/files",
                "/caf%C3%A9/",
                "/a%20b/c",
                "/%2Fusers",
                "/users%2F7",
                "/files/a%2Fb/c",
                "/users/x/files",
                "/a/b/",
                "*",
                "/users/7/"
            })
    void aPathWithoutARouteIsNotFound(String target) throws Exception {
        Response response = router.handle(Request.get(target));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/..",
                "/files/../users",
                "/files/%2e%2e/users",
                "/files/.%2E",
                "/files/%2e",
                "/./users",
                "/files/a/.",
                "/files/%00",
                "/files/a%00.txt",
                "/users/%zz",
                "/users/%C3",
                "/users/%",
                "/files/%c0%ae%c0%ae/x",
                "/..",
                "/%2E%2E/"
            })
    void aPathThatReadsTwoWaysIsRefused(String target) throws Exception {
        assertThat(router.handle(Request.get(target)).status()).isEqualTo(400);
    }

    @Test
    void aDoublyEncodedDotSegmentIsAName() throws Exception {
        assertThat(router.handle(Request.get("/users/%252e%252e")).body().text())
                .isEqualTo("/users/{id} id=%2e%2e");
    }

    @Test
    void anotherMethodIsToldWhichThereAre() throws Exception {
        Router methods = Router.builder()
                .get("/x", _ -> Response.text("get"))
                .put("/x", _ -> Response.text("put"))
                .route(Method.of("PURGE"), "/x", _ -> Response.text("purge"))
                .post("/{any}", _ -> Response.text("post"))
                .delete("/x/{id}", _ -> Response.noContent())
                .build();
        assertThat(methods.handle(Request.of(Method.of("PURGE"), "/x")).body().text())
                .isEqualTo("purge");
        assertThat(methods.handle(Request.post("/x", Body.empty())).body().text())
                .isEqualTo("post");
        Response refused = methods.handle(Request.delete("/x"));
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).contains("GET, HEAD, OPTIONS, POST, PURGE, PUT");
        assertThat(methods.handle(Request.of(Method.of("get"), "/x")).status()).isEqualTo(405);
        assertThat(methods.handle(Request.get("/x/1")).header("Allow")).contains("DELETE, OPTIONS");
        assertThat(methods.handle(Request.head("/x/1")).status()).isEqualTo(405);
        assertThat(methods.handle(Request.head("/x")).body().text()).isEqualTo("get");
        Response options = methods.handle(Request.of(Method.OPTIONS, "/x/1"));
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).contains("DELETE, OPTIONS");
        assertThat(methods.handle(Request.of(Method.OPTIONS, "/none/x/y")).status())
                .isEqualTo(404);
        assertThat(methods.handle(Request.of(Method.OPTIONS, "*")).header("Allow"))
                .contains("DELETE, GET, HEAD, OPTIONS, POST, PURGE, PUT");
    }

    @Test
    void aRouteOfItsOwnComesBeforeWhatIsAutomatic() throws Exception {
        Router own = Router.builder()
                .get("/x", _ -> Response.text("get"))
                .route(Method.HEAD, "/x", _ -> Response.text("head"))
                .route(Method.OPTIONS, "/x", _ -> Response.text("options"))
                .any("/y", request -> Response.text(request.method().name()))
                .get("/y", _ -> Response.text("y"))
                .build();
        assertThat(own.handle(Request.head("/x")).body().text()).isEqualTo("head");
        assertThat(own.handle(Request.of(Method.OPTIONS, "/x")).body().text()).isEqualTo("options");
        assertThat(own.handle(Request.delete("/y")).body().text()).isEqualTo("DELETE");
        assertThat(own.handle(Request.get("/y")).body().text()).isEqualTo("y");
        assertThat(own.handle(Request.of(Method.OPTIONS, "/y")).body().text()).isEqualTo("OPTIONS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/shop|/|/shop",
                "/shop/|/|/shop",
                "/shop?q|/?q|/shop",
                "/shop/a%2Fb/c?q=1|/a%2Fb/c?q=1|/shop",
                "/sh%6Fp/a|/a|/sh%6Fp",
                "/shop/inner|/|/shop/inner",
                "/shop/inner/x//y|/x//y|/shop/inner",
                "/t/7/x|/x|/t/7",
                "http://h:1/shop/a|/a|/shop",
            })
    void aMountedHandlerSeesWhatIsBelowIt(String target, String seen, String prefix) throws Exception {
        HttpHandler echo = request -> Response.text(request.target()).withHeader("At", Router.mountedAt(request));
        Router inner = Router.builder().mount("/inner", echo).mount("/", echo).build();
        Router outer = Router.builder()
                .mount("/shop", inner)
                .mount("/t/{tenant:int}/", echo)
                .build();
        Response response = outer.handle(Request.get(target));
        assertThat(response.body().text()).isEqualTo(seen);
        assertThat(response.headers().value("At", "")).isEqualTo(prefix);
        assertThat(outer.handle(Request.get("/shopping")).status()).isEqualTo(404);
        assertThat(outer.handle(Request.get("/t/x/y")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com,api",
        "API.Example.COM:8080,api",
        "api.example.com.,api",
        "a.example.com,below",
        "a.b.example.com,below",
        "example.com,own",
        "xexample.com,own",
        "[::1]:80,v6",
        "'',own",
        "api.example.com.evil.org,own",
        "127.0.0.1:1,own"
    })
    void aHostHasAHandler(String host, String expected) throws Exception {
        Router hosts = Router.builder()
                .host("api.example.com", _ -> Response.text("api"))
                .host("*.example.com", _ -> Response.text("below"))
                .host("[::1]", _ -> Response.text("v6"))
                .get("/", _ -> Response.text("own"))
                .build();
        assertThat(hosts.handle(Request.get("/").withHeader("Host", host))
                        .body()
                        .text())
                .isEqualTo(expected);
        if (!host.isEmpty()) {
            assertThat(hosts.handle(Request.get("http://" + host + "/").withHeader("Host", "other"))
                            .body()
                            .text())
                    .isEqualTo(expected);
        }
    }

    @Test
    void theModeIsThatOfTheRoute() {
        HttpHandler blocking = _ -> Response.ok();
        HttpHandler quick = blocking.nonBlocking();
        Router mixed = Router.builder()
                .get("/a", quick)
                .get("/b", blocking)
                .get("/c/{id}", quick.with((request, next) -> next.handle(request)))
                .mount(
                        "/m",
                        Router.builder().get("/q", quick).get("/b", blocking).build())
                .host("quick", quick)
                .build();
        assertThat(mixed.mode(Request.get("/a"))).isEqualTo(ExecutionMode.EVENT_LOOP);
        assertThat(mixed.mode(Request.get("/b"))).isEqualTo(ExecutionMode.VIRTUAL);
        assertThat(mixed.mode(Request.get("/c/1"))).isEqualTo(ExecutionMode.EVENT_LOOP);
        assertThat(mixed.mode(Request.get("/m/q"))).isEqualTo(ExecutionMode.EVENT_LOOP);
        assertThat(mixed.mode(Request.get("/m/b"))).isEqualTo(ExecutionMode.VIRTUAL);
        assertThat(mixed.mode(Request.get("/none"))).isEqualTo(ExecutionMode.EVENT_LOOP);
        assertThat(mixed.mode(Request.get("/%zz"))).isEqualTo(ExecutionMode.EVENT_LOOP);
        assertThat(mixed.mode(Request.get("/b").withHeader("Host", "quick"))).isEqualTo(ExecutionMode.EVENT_LOOP);
    }

    @Test
    void routesThatAgreeAreNotSearchedForTheirMode() {
        HttpHandler blocking = _ -> Response.ok();
        Router agreeing = Router.builder()
                .get("/a", blocking)
                .mount("/m", Router.builder().get("/x", blocking).build())
                .build();
        Router quick = Router.builder().get("/a", blocking.nonBlocking()).build();
        HttpHandler choosy = new HttpHandler() {
            @Override
            public Response handle(Request request) {
                return Response.ok();
            }

            @Override
            public ExecutionMode mode(Request request) {
                return ExecutionMode.LOOP_CARRIER;
            }
        };
        assertThat(agreeing.commonMode()).contains(ExecutionMode.VIRTUAL);
        assertThat(quick.commonMode()).contains(ExecutionMode.EVENT_LOOP);
        assertThat(Router.builder().get("/a", choosy).build().commonMode()).isEmpty();
        assertThat(Router.builder().get("/a", choosy).build().mode(Request.get("/a")))
                .isEqualTo(ExecutionMode.LOOP_CARRIER);
        assertThat(Router.builder()
                        .get("/a", blocking)
                        .otherwise(choosy)
                        .build()
                        .commonMode())
                .isEmpty();
    }

    @Test
    void whatHasNoRouteMayBeAnsweredOtherwise() throws Exception {
        Router fallback = Router.builder()
                .get("/a", _ -> Response.ok())
                .otherwise(_ -> Response.text("else"))
                .build();
        assertThat(fallback.handle(Request.get("/b")).body().text()).isEqualTo("else");
        assertThat(fallback.handle(Request.delete("/a")).status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/{",
                "/}",
                "/{}",
                "/a{b}",
                "/{a}b",
                "/{a:number}",
                "/{a}/{a}",
                "/{a...}/b",
                "/..",
                "/a/./b",
                "/{1a}",
                "/{a b}",
                "/{a...}/"
            })
    void aPatternThatIsNoneIsRefused(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> Router.builder().get(pattern, _ -> Response.ok()));
    }

    @ParameterizedTest
    @CsvSource({"/a,/a", "/{a},/{b}", "/{a:int}/x,/{b:int}/x", "/{a...},/{b...}"})
    void twoRoutesForTheSameRequestsAreRefused(String one, String two) {
        Router.Builder builder = Router.builder().get(one, _ -> Response.ok());
        assertThatIllegalArgumentException().isThrownBy(() -> builder.get(two, _ -> Response.ok()));
        builder.post(two, _ -> Response.ok());
    }

    @Test
    void manyParametersOnManyLevelsAreSearchedOnce() throws Exception {
        Router.Builder builder = Router.builder();
        for (int bits = 0; bits < 1 << 10; bits++) {
            StringBuilder pattern = new StringBuilder();
            for (int level = 0; level < 10; level++) {
                pattern.append("/{p").append(level).append((bits >> level & 1) == 0 ? "}" : ":int}");
            }
            builder.get(pattern + "/end", _ -> Response.ok());
        }
        Router deep = builder.build();
        assertThat(deep.handle(Request.get("/1".repeat(10) + "/end")).status()).isEqualTo(200);
        assertThat(deep.handle(Request.get("/1".repeat(10) + "/no")).status()).isEqualTo(404);
        assertThat(deep.handle(Request.get("/1".repeat(4000))).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"/a%20b,404", "/a%2520b,200", "/50%25,200", "/50%,400", "/c%20d,200", "/c%2520d,404"})
    void aPatternIsTextAsItIsWhenDecoded(String target, int status) throws Exception {
        Router escaped = Router.builder()
                .get("/a%20b", _ -> Response.ok())
                .get("/50%", _ -> Response.ok())
                .get("/c d", _ -> Response.ok())
                .build();
        assertThat(escaped.handle(Request.get(target)).status()).isEqualTo(status);
    }

    @Test
    void aBuilderThatHasBuiltTakesNoMore() throws Exception {
        HttpHandler ok = _ -> Response.ok();
        Router.Builder builder = Router.builder().get("/a", ok);
        Router router = builder.build();
        List<ThrowingCallable> more = List.of(
                () -> builder.get("/b", ok),
                () -> builder.any("/b", ok),
                () -> builder.mount("/b", ok),
                () -> builder.host("h", ok),
                () -> builder.otherwise(ok),
                () -> builder.each(pattern -> (request, next) -> next.handle(request)));
        for (ThrowingCallable call : more) assertThatIllegalStateException().isThrownBy(call);
        assertThat(router.handle(Request.get("/b")).status()).isEqualTo(404);
    }
}
