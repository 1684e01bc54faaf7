package io.hawser.internal.http2;

import static io.hawser.internal.http2.PeerFrames.END_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.BodyLimit;
import io.hawser.http.Headers;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpVersion;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.io.ExecutionMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2LinkTest {
    private static final HttpHandler PATH = request -> Response.of(200, Headers.EMPTY, Body.text(request.rawPath()));
    private static final HttpHandler ECHO = request -> Response.of(200, Headers.EMPTY, request.body());

    private static List<String> ok(int stream, String body) {
        return List.of(
                "HEADERS " + stream + " :status=200 content-length=" + body.length(),
                "DATA " + stream + " END_STREAM " + body);
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    @Test
    void aServerBeginsWithItsSettingsAndAnswersThoseOfTheClient() {
        try (Http2Wire wire = Http2Wire.of(PATH)) {
            assertThat(wire.received())
                    .containsExactly(
                            "SETTINGS 3=128 4=262144 6=16384 8=1 9=1", "WINDOW_UPDATE 0 " + ((1 << 20) - 65_535));
            wire.send(wire.peer.preface(), wire.peer.settings());
            assertThat(wire.received()).containsExactly("SETTINGS ACK");
        }
    }

    @Test
    void streamsAreAnsweredEachForItself() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            wire.send(wire.peer.get(1, "/a"), wire.peer.get(3, "/bc"));
            assertThat(wire.received()).isEqualTo(join(ok(1, "/a"), ok(3, "/bc")));
            assertThat(wire.isOpen()).isTrue();
        }
    }

    @Test
    void aSlowHandlerHoldsUpNoOtherStream() {
        HttpHandler handler = PATH.in(ExecutionMode.VIRTUAL);
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler).greeted()) {
            wire.send(wire.peer.get(1, "/a"), wire.peer.get(3, "/b"));
            Runnable first = wire.waiting.remove();
            wire.runHandlers();
            assertThat(wire.received()).isEqualTo(ok(3, "/b"));
            first.run();
            assertThat(wire.received()).isEqualTo(ok(1, "/a"));
        }
    }

    @Test
    void aConnectionCutAtEveryByteGetsTheSameAnswers() {
        PeerFrames frames = new PeerFrames();
        byte[] padded = {3, 'l', 'o', 0, 0, 0};
        byte[] input = PeerFrames.join(
                frames.preface(),
                frames.settings(),
                frames.post(1, "/p", "content-length", "5"),
                frames.data(1, 0, "hel"),
                frames.frame(0, END_STREAM | PeerFrames.PADDED, 1, padded),
                frames.get(3, "/"));
        for (int cut = 0; cut <= input.length; cut++) {
            try (Http2Wire wire = Http2Wire.of(request ->
                    Response.of(200, Headers.EMPTY, Body.of(request.body().bytes())))) {
                wire.send(Arrays.copyOf(input, cut));
                wire.send(Arrays.copyOfRange(input, cut, input.length));
                assertThat(wire.answers())
                        .isEqualTo(join(ok(1, "hello"), List.of("HEADERS 3 END_STREAM :status=200 content-length=0")));
            }
        }
    }

    @Test
    void aHandlerSeesTheRequestAsOneOfHttp11() {
        AtomicReference<Request> seen = new AtomicReference<>();
        HttpHandler handler = request -> {
            seen.set(request);
            return Response.noContent();
        };
        try (Http2Wire wire = Http2Wire.of(handler).greeted()) {
            wire.send(wire.peer.get(1, "/a?b=c", "cookie", "x=1", "accept", "*/*", "cookie", "y=2"));
            assertThat(wire.received()).containsExactly("HEADERS 1 END_STREAM :status=204");
            Request request = seen.get();
            assertThat(request.version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(request.target()).isEqualTo("/a?b=c");
            assertThat(request.authority()).isEqualTo("h");
            assertThat(request.headers()).isEqualTo(Headers.of("Host", "h", "Cookie", "x=1; y=2", "Accept", "*/*"));
        }
    }

    @Test
    void headGetsTheFieldsOfTheBodyAndNoBody() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            wire.send(wire.peer.request(1, "HEAD", "/ab", END_STREAM));
            assertThat(wire.received()).containsExactly("HEADERS 1 END_STREAM :status=200 content-length=3");
        }
    }

    @Test
    void trailersGoBothWays() {
        HttpHandler handler = request -> {
            Body body = request.body();
            String text = body.text();
            return Response.of(200, Headers.EMPTY, Body.text(text).withTrailers(body::trailers));
        };
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler.in(ExecutionMode.VIRTUAL)).greeted()) {
            wire.send(
                    wire.peer.post(1, "/"),
                    wire.peer.data(1, 0, "abc"),
                    wire.peer.headers(1, END_STREAM, "x-sum", "6"));
            wire.runHandlers();
            assertThat(wire.answers())
                    .containsExactly("HEADERS 1 :status=200", "DATA 1 abc", "HEADERS 1 END_STREAM x-sum=6");
        }
    }

    @Test
    void whoWaitsFor100GetsItOnceTheBodyIsWanted() {
        try (Http2Wire wire = Http2Wire.of(ECHO).greeted()) {
            wire.send(wire.peer.post(1, "/", "expect", "100-continue", "content-length", "2"));
            assertThat(wire.answers()).containsExactly("HEADERS 1 :status=100");
            wire.send(wire.peer.data(1, END_STREAM, "ab"));
            assertThat(wire.answers())
                    .containsExactly("HEADERS 1 :status=200 content-length=2", "DATA 1 ab", "DATA 1 END_STREAM ");
        }
    }

    @Test
    void anAnswerGoesNoFurtherThanTheWindows() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted(4, 0)) {
            wire.send(wire.peer.get(1, "/abcd"));
            assertThat(wire.received()).containsExactly("HEADERS 1 :status=200 content-length=5");
            wire.send(wire.peer.settings(4, 1));
            assertThat(wire.received()).containsExactly("SETTINGS ACK", "DATA 1 /");
            wire.send(wire.peer.windowUpdate(1, 2));
            assertThat(wire.received()).containsExactly("DATA 1 ab");
            wire.send(wire.peer.settings(4, 0), wire.peer.windowUpdate(1, 2), wire.peer.windowUpdate(1, 1));
            assertThat(wire.answers()).containsExactly("DATA 1 c", "DATA 1 END_STREAM d");
        }
    }

    @Test
    void streamsShareTheWindowOfTheConnectionInTurn() {
        String text = "x".repeat(50_000);
        HttpHandler handler = request -> Response.of(200, Headers.EMPTY, Body.text(text));
        try (Http2Wire wire = Http2Wire.of(handler).greeted()) {
            wire.send(wire.peer.get(1, "/"), wire.peer.get(3, "/"), wire.peer.get(5, "/"));
            assertThat(bytesOf(wire.received())).isEqualTo(65_535);
            wire.send(wire.peer.windowUpdate(0, 40_000));
            List<String> rest = wire.received();
            assertThat(bytesOf(rest)).isEqualTo(40_000);
            assertThat(rest).extracting(line -> line.substring(0, 6)).containsExactly("DATA 3", "DATA 5", "DATA 3");
            wire.send(wire.peer.windowUpdate(0, 100_000));
            assertThat(bytesOf(wire.received())).isEqualTo(150_000 - 65_535 - 40_000);
        }
    }

    private static int bytesOf(List<String> frames) {
        return frames.stream()
                .filter(line -> line.startsWith("DATA"))
                .mapToInt(line -> (int) line.chars().filter(c -> c == 'x').count())
                .sum();
    }

    @Test
    void whatTheHandlerHasNotReadIsNotCredited() {
        AtomicReference<Body> body = new AtomicReference<>();
        HttpHandler handler = request -> {
            body.set(request.body());
            return Response.noContent();
        };
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler.in(ExecutionMode.VIRTUAL)).greeted()) {
            wire.send(wire.peer.post(1, "/"));
            String piece = "x".repeat(16_000);
            for (int i = 0; i < 16; i++) wire.send(wire.peer.data(1, 0, piece));
            assertThat(wire.received()).isEmpty();
            wire.runHandlers();
            assertThat(wire.received())
                    .contains("HEADERS 1 END_STREAM :status=204")
                    .anyMatch(line -> line.startsWith("WINDOW_UPDATE 1 "));
        }
    }

    @Test
    void aResetStopsTheHandlerAndItsBody() {
        AtomicReference<String> seen = new AtomicReference<>("");
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        HttpHandler handler = request -> {
            meanwhile.get().run();
            try {
                return Response.text(request.body().text());
            } catch (RuntimeException broken) {
                seen.set(broken.getClass().getSimpleName() + " " + Thread.interrupted());
                throw broken;
            }
        };
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler.in(ExecutionMode.VIRTUAL)).greeted()) {
            meanwhile.set(() -> wire.send(wire.peer.reset(1, 8)));
            wire.send(wire.peer.post(1, "/"), wire.peer.data(1, 0, "abc"));
            wire.runHandlers();
            assertThat(seen).hasValue("ConnectionLost true");
            assertThat(wire.received()).isEmpty();
            assertThat(wire.engine.inFlight()).isZero();
            assertThat(wire.engine.failures()).isZero();
            meanwhile.set(() -> {});
            wire.send(wire.peer.get(3, "/"));
            wire.runHandlers();
            assertThat(wire.received()).isNotEmpty();
        }
    }

    @Test
    void aHandlerThatHasNotBegunNeedNot() {
        AtomicInteger handled = new AtomicInteger();
        HttpHandler handler = request -> {
            handled.incrementAndGet();
            return Response.noContent();
        };
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler.in(ExecutionMode.VIRTUAL)).greeted()) {
            wire.send(wire.peer.get(1, "/"), wire.peer.reset(1, 8));
            wire.runHandlers();
            assertThat(handled).hasValue(0);
            assertThat(wire.engine.inFlight()).isZero();
        }
    }

    @Test
    void aBodyOverTheLimitIsAnswered413() {
        HttpConfig config = HttpConfig.defaults().withMaxBodyBytes(100);
        for (String[] length : List.of(new String[] {"content-length", "101"}, new String[] {})) {
            try (Http2Wire wire = new Http2Wire(config, ECHO.nonBlocking()).greeted()) {
                wire.send(wire.peer.post(1, "/", length), wire.peer.data(1, 0, "x".repeat(101)));
                assertThat(wire.answers().getFirst()).startsWith("HEADERS 1 :status=413 ");
                wire.send(wire.peer.data(1, END_STREAM, ""), wire.peer.get(3, "/"));
                assertThat(wire.answers()).containsExactly("HEADERS 3 END_STREAM :status=200 content-length=0");
            }
        }
    }

    @Test
    void anAnswerBeforeTheEndOfALongBodyIsFollowedByAResetOnlyWhenMuchMoreHasCome() {
        HttpConfig config = HttpConfig.defaults().withMaxBodyBytes(100);
        try (Http2Wire wire = new Http2Wire(config, ECHO.nonBlocking()).greeted()) {
            wire.send(wire.peer.post(1, "/", "content-length", "10000000"));
            assertThat(wire.answers()).hasSize(2).first().asString().startsWith("HEADERS 1 :status=413 ");
            List<String> later = new ArrayList<>();
            for (int i = 0; i < 17; i++) {
                assertThat(later).isEmpty();
                wire.send(wire.peer.data(1, 0, "x".repeat(16_000)));
                later.addAll(wire.answers());
            }
            assertThat(later).containsExactly("RST_STREAM 1 0");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {240, 0})
    void aBodyThatIsNotAskedForIsResetWhenTheClientHasHadTimeToReadTheAnswer(int bytesPerSecond) {
        HttpConfig config = HttpConfig.defaults().withMaxBodyBytes(100).withMinBodyBytesPerSecond(bytesPerSecond);
        try (Http2Wire wire = new Http2Wire(config, ECHO.nonBlocking()).greeted()) {
            wire.send(wire.peer.post(1, "/", "content-length", "101", "expect", "100-continue"));
            assertThat(wire.answers()).hasSize(2).first().asString().startsWith("HEADERS 1 :status=413 ");
            wire.pass(Duration.ofSeconds(8));
            assertThat(wire.answers()).containsExactly("RST_STREAM 1 0");
        }
    }

    @Test
    void aRouteMayTakeMoreThanTheServerDoes() {
        HttpConfig config = HttpConfig.defaults().withMaxBodyBytes(5);
        HttpHandler larger = ECHO.with(new BodyLimit(10)).nonBlocking();
        for (String[] length : List.of(new String[] {"content-length", "10"}, new String[] {})) {
            try (Http2Wire wire = new Http2Wire(config, larger).greeted()) {
                wire.send(wire.peer.post(1, "/", length), wire.peer.data(1, END_STREAM, "x".repeat(10)));
                assertThat(wire.answers().getFirst()).startsWith("HEADERS 1 :status=200");
                wire.send(wire.peer.post(3, "/"), wire.peer.data(3, 0, "x".repeat(11)));
                assertThat(wire.answers()).anyMatch(answer -> answer.startsWith("HEADERS 3 :status=413"));
            }
        }
    }

    @Test
    void aBodyThatComesTooSlowlyIsAnswered408() {
        try (Http2Wire wire = Http2Wire.of(ECHO).greeted()) {
            wire.send(wire.peer.post(1, "/", "content-length", "10"), wire.peer.data(1, 0, "x"));
            wire.pass(Duration.ofSeconds(7));
            assertThat(wire.answers().getFirst()).startsWith("HEADERS 1 :status=408 ");
            wire.send(wire.peer.get(3, "/"));
            assertThat(wire.answers()).containsExactly("HEADERS 3 END_STREAM :status=200 content-length=0");
        }
    }

    @Test
    void anAnswerThatNobodyTakesIsReset() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted(4, 0)) {
            wire.send(wire.peer.get(1, "/"));
            wire.pass(Duration.ofSeconds(32));
            assertThat(wire.answers()).contains("RST_STREAM 1 8");
            assertThat(wire.isOpen()).isTrue();
        }
    }

    @Test
    void anIdleConnectionIsClosedWithAGoaway() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            wire.send(wire.peer.get(1, "/"));
            wire.received();
            wire.pass(Duration.ofSeconds(64));
            assertThat(wire.received()).containsExactly("GOAWAY last=1 code=0");
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void whoSaysNothingIsClosedAfterTheTimeOfAHead() {
        try (Http2Wire wire = Http2Wire.of(PATH)) {
            wire.send(wire.peer.preface());
            wire.pass(Duration.ofSeconds(14));
            assertThat(wire.isOpen()).isFalse();
        }
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            wire.send(wire.peer.frame(1, END_STREAM, 1, wire.peer.block(":method", "GET")));
            for (int i = 0; i < 8; i++) {
                wire.pass(Duration.ofSeconds(2));
                wire.send(wire.peer.frame(9, 0, 1));
            }
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void aDrainLetsRequestsInThatWereOnTheirWay() {
        HttpHandler handler = PATH.in(ExecutionMode.VIRTUAL);
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler).greeted()) {
            wire.send(wire.peer.get(1, "/a"));
            wire.drain();
            List<String> said = wire.received();
            assertThat(said.getFirst()).isEqualTo("GOAWAY last=" + Integer.MAX_VALUE + " code=0");
            String ping = said.get(1).substring("PING ".length());
            wire.send(wire.peer.get(3, "/b"), wire.peer.pong(ping));
            assertThat(wire.received()).containsExactly("GOAWAY last=3 code=0");
            wire.send(wire.peer.get(5, "/c"));
            assertThat(wire.received()).containsExactly("RST_STREAM 5 7");
            wire.runHandlers();
            assertThat(wire.received()).isEqualTo(join(ok(1, "/a"), ok(3, "/b")));
            wire.pass(Duration.ofSeconds(3));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void aDrainOfAConnectionWhosePeerDoesNotAnswerEndsToo() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            wire.drain();
            wire.pass(Duration.ofSeconds(1));
            assertThat(wire.received()).contains("GOAWAY last=0 code=0");
            wire.pass(Duration.ofSeconds(3));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void anAnswerIsCutByAReset() {
        HttpHandler handler = request -> Response.ok(Body.writing(sink -> {
            sink.write(Bytes.wrap(new byte[20_000]));
            throw new IllegalStateException("on purpose");
        }));
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler.in(ExecutionMode.VIRTUAL)).greeted()) {
            wire.send(wire.peer.get(1, "/"));
            wire.runHandlers();
            List<String> frames = wire.received();
            assertThat(frames.getFirst()).startsWith("HEADERS 1 :status=200");
            assertThat(frames.getLast()).isEqualTo("RST_STREAM 1 2");
        }
    }

    @Test
    void aHeadTooLargeForOneFrameGoesInSeveral() {
        String value = "v".repeat(40_000);
        HttpHandler handler = request -> Response.of(200, Headers.of("x", value), Body.empty());
        try (Http2Wire wire = Http2Wire.of(handler).greeted()) {
            wire.send(wire.peer.get(1, "/"));
            List<String> frames = wire.received();
            assertThat(frames).hasSizeGreaterThan(1);
            assertThat(frames.getLast()).isEqualTo("HEADERS 1 END_STREAM :status=200 content-length=0 x=" + value);
        }
    }
}
