package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.io.ExecutionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpHandlerTest {
    private final HttpHandler echo = request -> Response.text(request.target());

    @Test
    void filtersWrapOutermostFirst() throws Exception {
        HttpHandler handler = echo.with(tag("a"), tag("b"), tag("c"));
        assertThat(handler.handle(Request.get("/x")).body().text()).isEqualTo("/xabc");
        assertThat(handler.handle(Request.get("/x")).headers().all("Out")).containsExactly("c", "b", "a");
        assertThat(echo.with()).isSameAs(echo);
    }

    @Test
    void aFilterMayAnswerByItself() throws Exception {
        HttpHandler handler = echo.with((request, next) -> Response.of(Status.FORBIDDEN));
        assertThat(handler.handle(Request.get("/")).status()).isEqualTo(403);
    }

    @Test
    void theModeIsThatOfTheHandlerInside() {
        Request request = Request.get("/");
        assertThat(echo.mode(request)).isEqualTo(ExecutionMode.VIRTUAL);
        assertThat(echo.nonBlocking().mode(request)).isEqualTo(ExecutionMode.EVENT_LOOP);
        assertThat(echo.nonBlocking().with(tag("a"), tag("b")).mode(request)).isEqualTo(ExecutionMode.EVENT_LOOP);
        assertThat(echo.nonBlocking().in(ExecutionMode.LOOP_CARRIER).mode(request))
                .isEqualTo(ExecutionMode.LOOP_CARRIER);
    }

    @Test
    void aResponseIsMadeOfItsParts() {
        assertThat(Response.redirect("/x").status()).isEqualTo(302);
        assertThat(Response.redirect(308, "/x").header("Location")).contains("/x");
        assertThat(Response.created("/new").toString()).isEqualTo("201 Created");
        assertThat(Response.noContent().body()).isSameAs(Body.empty());
        assertThat(Response.of(599).toString()).isEqualTo("599 ");
        assertThat(Response.upgrade(() -> "websocket").upgrade()).isPresent();
        assertThat(Response.ok()
                        .withHeader("A", "1")
                        .addingHeader("A", "2")
                        .withoutHeader("a")
                        .headers())
                .isSameAs(Headers.EMPTY);
        assertThatIllegalArgumentException().isThrownBy(() -> Response.of(99));
        assertThatIllegalArgumentException().isThrownBy(() -> Response.of(1000));
        for (int status : new int[] {200, 300, 304, 305, 306, 309}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Response.redirect(status, "/"));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Response.redirect("/\r\nSet-Cookie: a=b"));
    }

    @ParameterizedTest
    @CsvSource({
        "101,Switching Protocols",
        "102,Processing",
        "103,Early Hints",
        "207,Multi-Status",
        "208,Already Reported",
        "226,IM Used",
        "305,Use Proxy",
        "506,Variant Also Negotiates",
        "510,Not Extended",
        "511,Network Authentication Required",
        "104,''",
        "306,''",
        "418,''",
        "99,''",
        "600,''"
    })
    void aRegisteredStatusHasItsPhrase(int status, String phrase) {
        assertThat(Status.phrase(status)).isEqualTo(phrase);
    }

    private static Filter tag(String name) {
        return (request, next) ->
                next.handle(request.withTarget(request.target() + name)).addingHeader("Out", name);
    }
}
