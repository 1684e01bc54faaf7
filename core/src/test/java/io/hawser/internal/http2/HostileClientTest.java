package io.hawser.internal.http2;

import static io.hawser.internal.http2.PeerFrames.END_HEADERS;
import static io.hawser.internal.http2.PeerFrames.END_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import io.hawser.io.ExecutionMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client must not do, and what a server does about it.
class HostileClientTest {
    private static final int CALM = ErrorCode.ENHANCE_YOUR_CALM;
    private static final HttpHandler PATH = request -> Response.of(200, Headers.EMPTY, Body.text(request.rawPath()));
    private static final HttpHandler ECHO = request -> Response.of(200, Headers.EMPTY, request.body());

    /// Sends what `make` makes of 1, 2, 3 and so on.
    ///
    /// @return how many the server took before it ended the connection with `code`
    private static int sendUntilClosed(Http2Wire wire, int most, int code, Function<Integer, byte[]> make) {
        for (int sent = 0; sent < most; sent++) {
            wire.send(make.apply(sent + 1));
            List<String> said = wire.received();
            if (said.isEmpty() || !said.getLast().startsWith("GOAWAY")) continue;
            assertThat(said.getLast()).endsWith(" code=" + code);
            wire.pass(Duration.ofSeconds(3));
            assertThat(wire.isOpen()).isFalse();
            return sent;
        }
        return most;
    }

    @Test
    void rapidResetsEndTheConnectionAfterAThousand() {
        HttpHandler handler = PATH.in(ExecutionMode.VIRTUAL);
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler).greeted()) {
            int taken = sendUntilClosed(
                    wire,
                    2000,
                    CALM,
                    n -> PeerFrames.join(wire.peer.get(2 * n - 1, "/"), wire.peer.reset(2 * n - 1, 8)));
            assertThat(taken).isEqualTo(1000);
            assertThat(wire.waiting).hasSizeLessThanOrEqualTo(1001);
            wire.runHandlers();
            assertThat(wire.engine.inFlight()).isZero();
        }
    }

    @Test
    void resetsThatComeSlowlyAreNone() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted(4, 0)) {
            int taken = sendUntilClosed(wire, 3000, CALM, n -> {
                wire.time.pass(Duration.ofMillis(31));
                return PeerFrames.join(wire.peer.get(2 * n - 1, "/"), wire.peer.reset(2 * n - 1, 8));
            });
            assertThat(taken).isEqualTo(3000);
        }
    }

    /// The resets are ours, but the client makes us: CVE-2025-8671.
    @Test
    void streamsThatAreBrokenOnPurposeCountAsResets() {
        HttpHandler handler = PATH.in(ExecutionMode.VIRTUAL);
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler).greeted()) {
            int taken = sendUntilClosed(
                    wire,
                    2000,
                    CALM,
                    n -> PeerFrames.join(wire.peer.get(2 * n - 1, "/"), wire.peer.frame(8, 0, 2 * n - 1, new byte[4])));
            assertThat(taken).isEqualTo(1000);
        }
    }

    @Test
    void dataOnStreamsThatNeverWereCountsAsResets() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            wire.send(wire.peer.get(9999, "/"));
            assertThat(sendUntilClosed(wire, 2000, CALM, n -> wire.peer.data(2 * n - 1, 0, "x")))
                    .isEqualTo(1000);
        }
    }

    @Test
    void whatIsOnItsWayToAsManyStreamsAsMayBeOpenIsIgnoredOnceTheyAreReset() {
        HttpHandler handler = PATH.in(ExecutionMode.VIRTUAL);
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler).greeted()) {
            for (int id = 1; id < 256; id += 2) wire.send(wire.peer.post(id, "/"));
            for (int id = 1; id < 256; id += 2) wire.send(wire.peer.windowUpdate(id, 0));
            assertThat(wire.answers()).hasSize(128);
            for (int id = 1; id < 256; id += 2) wire.send(wire.peer.data(id, 0, "x"));
            assertThat(wire.answers()).isEmpty();
        }
    }

    @Test
    void onePingTooManyIsOneTooMany() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            assertThat(sendUntilClosed(wire, 2000, CALM, n -> wire.peer.ping("12345678")))
                    .isBetween(990, 1000);
        }
    }

    @Test
    void settingsWithoutEndEndTheConnection() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            assertThat(sendUntilClosed(wire, 2000, CALM, n -> wire.peer.settings(3, n)))
                    .isBetween(990, 1000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 77})
    void framesWithoutAMeaningEndTheConnection(int type) {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            assertThat(sendUntilClosed(wire, 2000, CALM, n -> wire.peer.frame(type, 0, 1, new byte[] {0, 0, 0, 9, 1})))
                    .isBetween(990, 1000);
        }
    }

    @Test
    void emptyDataWithoutEndEndsTheConnection() {
        try (Http2Wire wire = Http2Wire.of(ECHO).greeted()) {
            wire.send(wire.peer.post(1, "/"));
            assertThat(sendUntilClosed(wire, 2000, CALM, n -> wire.peer.data(1, 0, "")))
                    .isBetween(990, 1000);
        }
    }

    @Test
    void aHeaderBlockGoesOnForThirtyTwoFrames() {
        for (int frames : new int[] {32, 33}) {
            try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
                wire.send(wire.peer.frame(1, END_STREAM, 1, wire.peer.block(":method", "GET", ":scheme", "http")));
                for (int i = 1; i < frames; i++) wire.send(wire.peer.frame(9, 0, 1));
                wire.send(wire.peer.frame(9, END_HEADERS, 1, wire.peer.block(":path", "/", ":authority", "h")));
                if (frames == 32) assertThat(wire.received().getFirst()).startsWith("HEADERS 1 :status=200");
                else assertThat(wire.received()).containsExactly("GOAWAY last=0 code=11");
            }
        }
    }

    @Test
    void aHeaderBlockOfNoEndIsNotKept() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            wire.send(wire.peer.frame(1, END_STREAM, 1, wire.peer.block(":method", "GET", ":scheme", "http")));
            int taken = sendUntilClosed(wire, 100, CALM, n -> wire.peer.frame(9, 0, 1, new byte[16_000]));
            assertThat(taken).isEqualTo(4);
        }
    }

    @Test
    void aHeadOver16KiBIsAnswered431AndTheConnectionGoesOn() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            String large = "v".repeat(3000);
            wire.send(wire.peer.get(1, "/", "a", large));
            assertThat(wire.received().getFirst()).startsWith("HEADERS 1 :status=200");
            // One byte in the block for each field of 3 KB: a bomb.
            String[] fields = new String[12];
            for (int i = 0; i < 12; i += 2) {
                fields[i] = "a";
                fields[i + 1] = large;
            }
            wire.send(wire.peer.get(3, "/", fields));
            assertThat(wire.received().getFirst()).startsWith("HEADERS 3 :status=431");
            wire.send(wire.peer.get(5, "/", "a", large));
            assertThat(wire.received().getFirst()).startsWith("HEADERS 5 :status=200");
            wire.send(wire.peer.headers(7, 0, fields)); // not even a request
            assertThat(wire.received().getFirst()).startsWith("HEADERS 7 :status=431");
        }
    }

    @Test
    void moreThanAHundredFieldsAreAnswered431() {
        for (int count : new int[] {99, 100}) {
            String[] fields = new String[2 * count];
            for (int i = 0; i < fields.length; i += 2) {
                fields[i] = "a" + i;
                fields[i + 1] = "b";
            }
            try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
                wire.send(wire.peer.get(1, "/", fields));
                assertThat(wire.received().getFirst()).startsWith("HEADERS 1 :status=" + (count < 100 ? 200 : 431));
            }
        }
    }

    @Test
    void cookiesBeyondTheHundredthFieldAreAnswered431() {
        String[] fields = new String[2 * 99];
        Arrays.fill(fields, "a");
        String[] more = Arrays.copyOf(fields, fields.length + 4);
        Arrays.fill(more, fields.length, more.length, "cookie");
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            wire.send(wire.peer.get(1, "/", fields)); // and the Host
            assertThat(wire.received().getFirst()).startsWith("HEADERS 1 :status=200");
            wire.send(wire.peer.get(3, "/", more));
            assertThat(wire.received().getFirst()).startsWith("HEADERS 3 :status=431");
            wire.send(wire.peer.get(5, "/"));
            assertThat(wire.received().getFirst()).startsWith("HEADERS 5 :status=200");
        }
    }

    @Test
    void aPathOver8KiBIsAnswered414() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            wire.send(wire.peer.get(1, "/" + "a".repeat(8192)));
            assertThat(wire.received().getFirst()).startsWith("HEADERS 1 :status=414");
        }
    }

    @Test
    void aHeadRequestIsRefusedWithoutABody() {
        try (Http2Wire wire = Http2Wire.of(PATH).greeted()) {
            wire.send(wire.peer.request(1, "HEAD", "/" + "a".repeat(8192), END_STREAM));
            assertThat(wire.received()).singleElement().asString().startsWith("HEADERS 1 END_STREAM :status=414");
        }
    }

    @Test
    void oneStreamTooManyIsRefusedAndTheOthersGoOn() {
        HttpHandler handler = PATH.in(ExecutionMode.VIRTUAL);
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler).greeted()) {
            for (int i = 0; i < 129; i++) wire.send(wire.peer.get(2 * i + 1, "/"));
            assertThat(wire.received()).containsExactly("RST_STREAM 257 7");
            wire.runHandlers();
            assertThat(wire.received()).hasSize(2 * 128);
            wire.send(wire.peer.get(259, "/"));
            wire.runHandlers();
            assertThat(wire.received()).hasSize(2);
        }
    }

    @Test
    void aPeerThatTakesNothingMakesUsHoldLittle() {
        HttpHandler handler = request -> Response.ok(Body.text("x".repeat(60_000)));
        try (Http2Wire wire = Http2Wire.of(handler).greeted(4, Integer.MAX_VALUE)) {
            wire.send(wire.peer.windowUpdate(0, 1 << 30));
            wire.channel.refuse();
            for (int i = 0; i < 100; i++) wire.send(wire.peer.get(2 * i + 1, "/"));
            long queued = wire.channel.unsafe().outboundBuffer().totalPendingWriteBytes();
            assertThat(queued).isLessThan(512 << 10);
            wire.pass(Duration.ofSeconds(34));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void moreDataThanTheWindowsAllowIsAnError() {
        HttpHandler handler = ECHO.in(ExecutionMode.VIRTUAL);
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler).greeted()) {
            wire.send(wire.peer.post(1, "/"));
            for (int i = 0; i < 17; i++) wire.send(wire.peer.data(1, 0, "x".repeat(16_000)));
            assertThat(wire.answers()).containsExactly("RST_STREAM 1 3");
            wire.send(wire.peer.get(3, "/"));
            wire.runHandlers();
            assertThat(wire.answers()).isNotEmpty();
        }
    }

    @Test
    void whatIsUnreadOnManyStreamsIsBoundedForTheConnection() {
        HttpHandler handler = ECHO.in(ExecutionMode.VIRTUAL);
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), handler).greeted()) {
            int stream = 1;
            int sent = 0;
            for (; wire.isOpen() && stream < 99; stream += 2) {
                wire.send(wire.peer.post(stream, "/"));
                for (int i = 0; i < 15 && wire.isOpen(); i++, sent++) {
                    wire.send(wire.peer.data(stream, 0, "x".repeat(16_000)));
                    if (wire.answers().contains("GOAWAY last=" + stream + " code=3")) {
                        assertThat(sent * 16_000L).isLessThan(3 << 20);
                        return;
                    }
                }
            }
        }
        throw new AssertionError("no end to what may be sent");
    }
}
