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
import io.hawser.http.Headers;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.io.ExecutionMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Http1LinkTest {
    @Test
    void requestsOfOneConnectionAreAnsweredOneAfterAnother() {
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            assertThat(wire.send(GET).received()).isEqualTo(ok("/a"));
            assertThat(wire.send(GET + GET.replace("/a", "/bc")).received()).isEqualTo(ok("/a") + ok("/bc"));
            assertThat(wire.isOpen()).isTrue();
        }
    }

    @Test
    void aPipelinedRequestWaitsForTheAnswerBeforeIt() {
        try (Http1Wire wire = new Http1Wire(HttpConfig.defaults(), PATH.in(ExecutionMode.VIRTUAL))) {
            wire.send(GET + GET.replace("/a", "/b"));
            assertThat(wire.waiting).hasSize(1);
            assertThat(wire.received()).isEmpty();
            assertThat(wire.channel.config().isAutoRead()).isFalse();
            wire.runHandlers();
            wire.runHandlers();
            assertThat(wire.received()).isEqualTo(ok("/a") + ok("/b"));
            assertThat(wire.channel.config().isAutoRead()).isTrue();
        }
    }

    @Test
    void aRequestCutAtEveryByteGetsTheSameAnswer() {
        String input = post(5) + "hello" + GET + post(0) + "\r\n" + GET;
        for (int cut = 0; cut <= input.length(); cut++) {
            try (Http1Wire wire = Http1Wire.of(request ->
                    Response.of(200, Headers.EMPTY, Body.of(request.body().bytes())))) {
                wire.send(input.substring(0, cut)).send(input.substring(cut));
                assertThat(wire.received()).isEqualTo(ok("hello") + ok("") + ok("") + ok(""));
            }
        }
    }

    @Test
    void anEchoIsPassedOnByTheLoopInChunksWhereItsLengthIsNotKnown() {
        String input = CHUNKED + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" + GET;
        for (int cut = 0; cut <= input.length(); cut++) {
            try (Http1Wire wire = Http1Wire.of(ECHO)) {
                wire.send(input.substring(0, cut)).send(input.substring(cut));
                wire.pass(Duration.ofSeconds(1));
                String all = wire.received();
                assertThat(all)
                        .startsWith("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .endsWith("\r\n0\r\n\r\n" + ok(""));
                assertThat(all.replaceAll("(?s)^.*?\r\n\r\n|\r\n|[0-9]", "")).startsWith("abcde");
            }
        }
    }

    @Test
    void aMalformedBodyIsAnswered400AndNothingBehindItIsServed() {
        for (String bad : List.of("x\r\n", "3\r\nabcX", "3\r\nabc\r\n0\r\nA : b\r\n\r\n")) {
            String input = CHUNKED + bad + "\r\n\r\n" + GET;
            for (int cut = 0; cut <= input.length(); cut++) {
                for (HttpHandler handler : List.of(ECHO, PATH)) {
                    try (Http1Wire wire = Http1Wire.of(handler)) {
                        wire.send(input.substring(0, cut)).send(input.substring(cut));
                        assertThat(wire.received())
                                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                                .containsOnlyOnce("HTTP/1.1")
                                .contains("\r\nConnection: close\r\n")
                                .contains("application/problem+json");
                    }
                }
            }
        }
    }

    @Test
    void anAnswerThatAMalformedBodyReplacesIsClosed() {
        for (ExecutionMode mode : List.of(ExecutionMode.EVENT_LOOP, ExecutionMode.VIRTUAL)) {
            List<String> closed = new ArrayList<>();
            Body answer = new Body() {
                @Override
                public Bytes read() {
                    return Bytes.EMPTY;
                }

                @Override
                public void close() {
                    closed.add("answer");
                }
            };
            HttpHandler handler = request -> Response.ok(answer);
            try (Http1Wire wire = new Http1Wire(HttpConfig.defaults(), handler.in(mode))) {
                wire.send(CHUNKED).send("x\r\n\r\n");
                wire.runHandlers();
                assertThat(wire.received()).startsWith("HTTP/1.1 400 Bad Request\r\n");
                assertThat(closed).as(mode.name()).containsExactly("answer");
            }
        }
    }

    @Test
    void whatAHandlerThrowsIsA500WithoutItsMessage() {
        try (Http1Wire wire = Http1Wire.of(request -> {
            if (request.rawPath().equals("/a")) throw new OutOfMemoryError("inner secrets");
            return Response.noContent();
        })) {
            assertThat(wire.send(GET).received()).startsWith("HTTP/1.1 500 ").doesNotContain("secrets");
            assertThat(wire.send(GET.replace("/a", "/b")).received()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
        }
    }

    @Test
    void headGetsTheFieldsOfTheBodyAndNoBody() {
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            assertThat(wire.send(GET.replace("GET", "HEAD")).received())
                    .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        }
    }

    @Test
    void http10IsClosedAfterItsAnswerUnlessItAsksForMore() {
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            assertThat(wire.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                            .received())
                    .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n/a");
            assertThat(wire.send("GET /a HTTP/1.0\r\n\r\n").received())
                    .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n/a");
            wire.pass(Duration.ofSeconds(3));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void nothingBehindTheLastRequestIsServed() {
        for (HttpHandler handler : List.of(PATH.nonBlocking(), PATH)) {
            try (Http1Wire wire = new Http1Wire(HttpConfig.defaults(), handler)) {
                wire.send(GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n") + GET);
                wire.runHandlers();
                wire.runHandlers();
                assertThat(wire.received()).containsOnlyOnce("HTTP/1.1 200").contains("Connection: close\r\n");
            }
        }
    }

    @Test
    void aClientThatWaitsFor100ContinueGetsItWhenTheBodyIsWanted() {
        String head = post(100_000).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
        try (Http1Wire wire = Http1Wire.of(ECHO)) {
            assertThat(wire.send(head).received()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(wire.send("x".repeat(100_000)).received()).isEqualTo(ok("x".repeat(100_000)));
        }
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            assertThat(wire.send(head).received())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Connection: close\r\n");
        }
    }

    @Test
    void trailersOfAnAnswerFollowItsBody() {
        try (Http1Wire wire = Http1Wire.of(request -> Response.of(200))) {
            assertThat(wire.send(GET).received()).isEqualTo(ok(""));
        }
        HttpHandler handler = request ->
                Response.of(200, Headers.EMPTY, Body.text("hi").withTrailers(() -> Headers.of("X-Sum", "1")));
        try (Http1Wire wire = new Http1Wire(HttpConfig.defaults(), handler)) {
            wire.send(GET);
            wire.runHandlers();
            assertThat(wire.received())
                    .isEqualTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 1\r\n\r\n");
        }
    }

    @Test
    void aWrittenBodyThatIsSmallGetsItsLength() {
        HttpHandler handler = request -> Response.of(200, Headers.EMPTY, Body.writing(sink -> {
            sink.write(Bytes.ofUtf8("a"));
            sink.write(Bytes.ofUtf8("b"));
        }));
        try (Http1Wire wire = new Http1Wire(HttpConfig.defaults(), handler)) {
            wire.send(GET);
            wire.runHandlers();
            assertThat(wire.received()).isEqualTo(ok("ab"));
        }
    }

    @Test
    void aBodyThatBreaksOffIsA500BeforeItsHeadAndACutAfterIt() {
        HttpHandler early = request -> Response.of(200, Headers.EMPTY, Body.writing(sink -> {
            throw new IllegalStateException("no");
        }));
        try (Http1Wire wire = new Http1Wire(HttpConfig.defaults(), early)) {
            wire.send(GET);
            wire.runHandlers();
            assertThat(wire.received()).startsWith("HTTP/1.1 500 ");
        }
        HttpHandler late = request -> Response.of(200, Headers.EMPTY, Body.writing(sink -> {
            sink.write(Bytes.ofUtf8("a"));
            sink.flush();
            throw new IllegalStateException("no");
        }));
        try (Http1Wire wire = new Http1Wire(HttpConfig.defaults(), late)) {
            wire.send(GET);
            wire.runHandlers();
            assertThat(wire.received()).endsWith("1\r\na\r\n").doesNotContain("0\r\n\r\n");
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void aPeerThatEndsWithinABodyEndsTheExchange() {
        List<Request> handled = new ArrayList<>();
        try (Http1Wire wire = Http1Wire.of(request -> {
            handled.add(request);
            return Response.of(200);
        })) {
            wire.send(post(10) + "abc");
            wire.channel.endInput();
            wire.pass(Duration.ofSeconds(3));
            assertThat(handled).isEmpty();
            assertThat(wire.isOpen()).isFalse();
        }
        try (Http1Wire wire = Http1Wire.of(request -> {
            handled.add(request);
            return Response.of(200);
        })) {
            wire.send(post(10).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
            assertThat(wire.send("abc").received()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            wire.channel.endInput();
            assertThat(handled).isEmpty();
        }
        try (Http1Wire wire = Http1Wire.of(PATH)) {
            wire.send(GET);
            wire.channel.endInput();
            assertThat(wire.received()).isEqualTo(ok("/a"));
        }
    }
}
