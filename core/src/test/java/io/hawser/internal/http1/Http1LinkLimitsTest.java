package io.hawser.internal.http1;

import static io.hawser.internal.http1.SampleExchanges.CHUNKED;
import static io.hawser.internal.http1.SampleExchanges.ECHO;
import static io.hawser.internal.http1.SampleExchanges.GET;
import static io.hawser.internal.http1.SampleExchanges.PATH;
import static io.hawser.internal.http1.SampleExchanges.ok;
import static io.hawser.internal.http1.SampleExchanges.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.BodyLimit;
import io.hawser.http.Headers;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.io.ExecutionMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is bounded of a connection, in bytes and in time, and how it ends.
class Http1LinkLimitsTest {
    @Test
    void aBodyOverTheLimitIs413() {
        HttpConfig config = HttpConfig.defaults().withMaxBodyBytes(5);
        for (String input : List.of(post(6), CHUNKED + "6\r\nabcdef\r\n")) {
            try (Http1Wire wire = new Http1Wire(config, ECHO.nonBlocking())) {
                assertThat(wire.send(input).received())
                        .startsWith("HTTP/1.1 413 ")
                        .contains("Connection: close\r\n");
            }
        }
        try (Http1Wire wire = new Http1Wire(config, ECHO.nonBlocking())) {
            assertThat(wire.send(post(5) + "abcde").received()).isEqualTo(ok("abcde"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "VIRTUAL"})
    void ofSeveralLimitsTheLeastCounts(ExecutionMode mode) {
        HttpConfig config = HttpConfig.defaults().withMaxBodyBytes(5);
        String ten = CHUNKED + "a\r\n0123456789\r\n0\r\n\r\n";
        String three = CHUNKED + "3\r\nabc\r\n0\r\n\r\n";
        for (HttpHandler handler : List.of(
                ECHO.with(new BodyLimit(3), new BodyLimit(10)), ECHO.with(new BodyLimit(10), new BodyLimit(3)))) {
            assertThat(answer(config, handler.in(mode), ten)).startsWith("HTTP/1.1 413 ");
            assertThat(answer(config, handler.in(mode), three))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("abc");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "VIRTUAL"})
    void aRouteMayTakeMoreThanTheServerDoesOrLess(ExecutionMode mode) {
        HttpConfig config = HttpConfig.defaults().withMaxBodyBytes(5);
        Router routes = Router.builder()
                .post("/p", ECHO.with(new BodyLimit(10)).in(mode))
                .post("/small", ECHO.with(new BodyLimit(3)).in(mode))
                .build();
        String ten = "0123456789";
        assertThat(answer(config, routes, post(10) + ten)).isEqualTo(ok(ten));
        assertThat(answer(config, routes, CHUNKED + "a\r\n" + ten + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains(ten);
        assertThat(answer(config, routes, post(11))).startsWith("HTTP/1.1 413 ").contains("Connection: close\r\n");
        assertThat(answer(config, routes, CHUNKED + "b\r\n" + ten + "a\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(answer(config, routes, post(3).replace("/p", "/small") + "abc"))
                .isEqualTo(ok("abc"));
        assertThat(answer(config, routes, post(4).replace("/p", "/small") + "abcd"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(answer(config, routes, CHUNKED.replace("/p", "/small") + "4\r\nabcd\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    private static String answer(HttpConfig config, HttpHandler handler, String input) {
        try (Http1Wire wire = new Http1Wire(config, handler)) {
            wire.send(input);
            wire.runHandlers();
            return wire.received();
        }
    }

    @Test
    void aBodyThatIsTooLongIsNotAskedForWhereTheClientWaitsToBeAsked() {
        HttpConfig config = HttpConfig.defaults().withMaxBodyBytes(5);
        try (Http1Wire wire = new Http1Wire(config, ECHO.nonBlocking())) {
            wire.send(post(6).replace("Host: h", "Host: h\r\nExpect: 100-continue"));
            assertThat(wire.received()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aBodyThatNobodyReadIsThrownAwayUpToABoundAndBeyondItTheConnectionEnds() {
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            wire.send(post(200_000) + "x".repeat(100_000));
            assertThat(wire.received()).isEqualTo(ok("/p"));
            assertThat(wire.send("x".repeat(100_000) + GET).received()).isEqualTo(ok("/a"));
        }
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            wire.send(post(2_000_000) + "x".repeat(70_000));
            assertThat(wire.received()).contains("Connection: close\r\n").endsWith("/p");
        }
    }

    @Test
    void headsBodiesAndSilenceHaveTheirTimes() {
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            wire.send("GET / HTTP/1.1\r\n");
            wire.pass(Duration.ofSeconds(6));
            wire.send("Host: h\r\n");
            wire.pass(Duration.ofSeconds(5));
            assertThat(wire.received()).startsWith("HTTP/1.1 408 ");
        }
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            wire.send(post(3000) + "x".repeat(600));
            for (int second = 0; second < 6; second++) {
                wire.send("x".repeat(100));
                wire.pass(Duration.ofSeconds(1));
            }
            assertThat(wire.received()).startsWith("HTTP/1.1 408 ");
        }
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            assertThat(wire.send(GET).received()).isNotEmpty();
            wire.pass(Duration.ofSeconds(63));
            assertThat(wire.received()).isEmpty();
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void aHandlerMayTakeItsTime() {
        try (Http1Wire wire = new Http1Wire(HttpConfig.defaults(), PATH.in(ExecutionMode.VIRTUAL))) {
            wire.send(GET);
            wire.pass(Duration.ofMinutes(5));
            wire.runHandlers();
            assertThat(wire.received()).isEqualTo(ok("/a"));
        }
    }

    @Test
    void whoReadsNothingOfItsAnswerIsCutOff() {
        try (Http1Wire wire =
                Http1Wire.of(request -> Response.of(200, Headers.EMPTY, Body.of(Bytes.wrap(new byte[5 << 20]))))) {
            wire.channel.refuse();
            wire.send(GET);
            wire.pass(Duration.ofSeconds(29));
            assertThat(wire.isOpen()).isTrue();
            wire.pass(Duration.ofSeconds(3));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void aDrainAnswersWhatIsUnderWayAndThenCloses() {
        try (Http1Wire wire = new Http1Wire(HttpConfig.defaults(), PATH.in(ExecutionMode.VIRTUAL))) {
            wire.send(GET);
            wire.drain();
            wire.runHandlers();
            assertThat(wire.received()).contains("Connection: close\r\n").endsWith("/a");
            wire.pass(Duration.ofSeconds(3));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void aRequestThatCrossesADrainIsAnswered() {
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            wire.send(GET).received();
            wire.drain();
            assertThat(wire.send(GET).received())
                    .contains("Connection: close\r\n")
                    .endsWith("/a");
        }
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            wire.send(GET).received();
            wire.drain();
            wire.pass(Duration.ofSeconds(3));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void moreHandlersThanAllowedAreAnswered503() {
        HttpConfig config = HttpConfig.defaults().withMaxHandlers(1);
        try (Http1Wire wire = new Http1Wire(config, PATH.in(ExecutionMode.VIRTUAL))) {
            wire.send(GET);
            Http1Wire.sharing(
                    wire,
                    second -> assertThat(second.send(GET).received())
                            .startsWith("HTTP/1.1 503 ")
                            .contains("Retry-After: 1\r\n"));
            wire.runHandlers();
            assertThat(wire.received()).isEqualTo(ok("/a"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "VIRTUAL"})
    @SuppressWarnings("NullAway") // what a handler must not do
    void aHandlerThatAnswersNullIs500AndKeepsNoPlace(ExecutionMode mode) {
        HttpConfig config = HttpConfig.defaults().withMaxHandlers(1);
        HttpHandler none = request -> null;
        try (Http1Wire wire = new Http1Wire(config, none.in(mode))) {
            for (int i = 0; i < 2; i++) {
                wire.send(GET).runHandlers();
                assertThat(wire.received()).startsWith("HTTP/1.1 500 ");
            }
        }
    }
}
