package io.hawser.internal.http2;

import static io.hawser.internal.http2.PeerFrames.END_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that end their stream with PROTOCOL_ERROR, and reach no handler.
class MalformedRequestTest {
    private final AtomicInteger handled = new AtomicInteger();
    private final HttpHandler counting = request -> {
        handled.incrementAndGet();
        return Response.noContent();
    };

    private void expectReset(int flags, String... fields) {
        handled.set(0);
        try (Http2Wire wire = Http2Wire.of(counting).greeted()) {
            wire.send(wire.peer.headers(1, flags, fields));
            assertThat(wire.received()).containsExactly("RST_STREAM 1 1");
            assertThat(handled).hasValue(0);
            wire.send(wire.peer.get(3, "/"));
            assertThat(wire.received()).containsExactly("HEADERS 3 END_STREAM :status=204");
        }
    }

    /// A word is a field `name=value`, in place of the good one of that name or behind all.
    @ParameterizedTest
    @ValueSource(
            strings = {
                ":method=",
                ":method=G T",
                ":path=",
                ":path=a",
                ":path=*",
                ":path=/a b",
                ":path=/a#b",
                ":path=/\u00e9",
                ":scheme=",
                ":authority=a b",
                ":authority=u@h",
                ":authority=",
                ":authority=h:99999",
                ":status=200",
                ":protocol=websocket",
                ":other=x",
                "Upper=x",
                "sp ace=x",
                "a:b=x",
                "nul=a\u0000b",
                "lf=a\nb",
                "cr=a\rb",
                "lead= x",
                "trail=x ",
                "connection=close",
                "proxy-connection=close",
                "keep-alive=1",
                "transfer-encoding=chunked",
                "upgrade=h2c",
                "te=gzip",
                "host=other",
                "content-length=",
                "content-length=1",
                "content-length=-1",
                "content-length=+0",
                "content-length=x",
                "content-length=1234567890123456789"
            })
    void isReset(String field) {
        String name = field.substring(0, field.indexOf('=', 1));
        String value = field.substring(name.length() + 1);
        String[] fields = {":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/"};
        for (int i = 0; i < fields.length; i += 2) {
            if (!fields[i].equals(name)) continue;
            fields[i + 1] = value;
            expectReset(END_STREAM, fields);
            return;
        }
        expectReset(END_STREAM, ":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/", name, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {":method", ":scheme", ":path", ":authority"})
    void withoutAPseudoFieldItIsReset(String missing) {
        String[] all = {":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/"};
        String[] fields = new String[6];
        int length = 0;
        for (int i = 0; i < all.length; i += 2) {
            if (all[i].equals(missing)) continue;
            fields[length++] = all[i];
            fields[length++] = all[i + 1];
        }
        expectReset(END_STREAM, fields);
    }

    @Test
    void twoOfOnePseudoFieldOrOneBehindOthersIsReset() {
        expectReset(END_STREAM, ":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/", ":path", "/");
        expectReset(END_STREAM, ":method", "GET", ":scheme", "http", ":authority", "h", "a", "b", ":path", "/");
        expectReset(END_STREAM, ":method", "GET", ":scheme", "http", ":authority", "h", "host", "h", ":path", "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {":method=GET", ":scheme=http", ":authority=h", ":path=/", "host=h", "content-length=0"})
    void twiceTheSameIsReset(String field) {
        String name = field.substring(0, field.indexOf('=', 1));
        String value = field.substring(name.length() + 1);
        boolean isPseudo = name.startsWith(":");
        List<String> fields = new ArrayList<>(List.of(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/"));
        for (int i = isPseudo ? 1 : 0; i < 2; i++) fields.addAll(List.of(name, value));
        expectReset(END_STREAM, fields.toArray(String[]::new));
    }

    @Test
    void aConnectThatIsNoneIsReset() {
        expectReset(END_STREAM, ":method", "CONNECT");
        expectReset(END_STREAM, ":method", "CONNECT", ":authority", "h:1", ":path", "/");
        expectReset(END_STREAM, ":method", "CONNECT", ":authority", "h:1", ":scheme", "http");
        expectReset(
                END_STREAM,
                ":method",
                "CONNECT",
                ":protocol",
                "websocket",
                ":protocol",
                "websocket",
                ":scheme",
                "http",
                ":authority",
                "h",
                ":path",
                "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host=h", "content-length=0"})
    void whatBelongsIntoAHeadIsNoTrailer(String field) {
        try (Http2Wire wire =
                Http2Wire.of(request -> Response.ok(request.body())).greeted()) {
            String[] pair = field.split("=", -1);
            wire.send(wire.peer.post(1, "/"), wire.peer.headers(1, END_STREAM, pair[0], pair[1]));
            assertThat(wire.answers()).containsExactly("RST_STREAM 1 1");
        }
    }

    @Test
    void aHostInPlaceOfAnAuthorityIsGood() {
        try (Http2Wire wire = Http2Wire.of(counting).greeted()) {
            wire.send(wire.peer.headers(1, END_STREAM, ":method", "GET", ":scheme", "http", ":path", "/", "host", "h"));
            wire.send(wire.peer.get(3, "/", "host", "H"));
            wire.send(wire.peer.get(5, "/", "te", "trailers"));
            wire.send(wire.peer.request(7, "OPTIONS", "*", END_STREAM));
            assertThat(wire.received()).hasSize(4).allMatch(line -> line.contains(":status=204"));
        }
    }

    @Test
    void connectIsNotImplemented() {
        try (Http2Wire wire = Http2Wire.of(counting).greeted()) {
            for (int flags : new int[] {END_STREAM, 0}) {
                int stream = flags == 0 ? 3 : 1;
                wire.send(wire.peer.headers(stream, flags, ":method", "CONNECT", ":authority", "h:1"));
                assertThat(wire.received().getFirst()).startsWith("HEADERS " + stream + " :status=501");
            }
        }
    }

    @Test
    void anExpectationThatNobodyKnowsIsAnswered417() {
        try (Http2Wire wire = Http2Wire.of(counting).greeted()) {
            wire.send(wire.peer.get(1, "/", "expect", "tea"));
            assertThat(wire.received().getFirst()).startsWith("HEADERS 1 :status=417");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "abcd"})
    void aBodyOfAnotherLengthThanItSaidIsReset(String body) {
        try (Http2Wire wire = Http2Wire.of(counting).greeted()) {
            wire.send(wire.peer.post(1, "/", "content-length", "3"), wire.peer.data(1, END_STREAM, body));
            assertThat(wire.answers()).containsExactly("RST_STREAM 1 1");
            assertThat(handled).hasValue(0);
        }
    }

    @Test
    void trailersWithAPseudoFieldOrWithoutAnEndAreReset() {
        try (Http2Wire wire =
                Http2Wire.of(request -> Response.ok(request.body())).greeted()) {
            wire.send(wire.peer.post(1, "/"), wire.peer.headers(1, END_STREAM, ":path", "/"));
            wire.send(wire.peer.post(3, "/"), wire.peer.headers(3, 0, "a", "b"));
            assertThat(wire.answers()).containsExactly("RST_STREAM 1 1", "RST_STREAM 3 1");
        }
    }
}
