package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.http.coding.CompressedBody;
import io.hawser.internal.http.coding.ContentCoding;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecompressionTest {
    private static final Bytes TEXT = Bytes.ofUtf8(
            "compressed, and not so easily: %s ".formatted(System.class).repeat(40));
    private static final Decompression FILTER = Decompression.defaults();

    /// A body that comes in these pieces, with a trailer.
    private static final class Pieces implements Body {
        private final Deque<Bytes> pieces;
        private int reads;
        private boolean closed;

        Pieces(List<Bytes> pieces) {
            this.pieces = new ArrayDeque<>(pieces);
        }

        static Pieces cut(Bytes whole, int size) {
            List<Bytes> pieces = new ArrayList<>();
            for (int i = 0; i < whole.size(); i += size) pieces.add(whole.slice(i, Math.min(whole.size(), i + size)));
            return new Pieces(pieces);
        }

        @Override
        public Bytes read() {
            reads++;
            return pieces.isEmpty() ? Bytes.EMPTY : pieces.removeFirst();
        }

        @Override
        public Headers trailers() {
            return pieces.isEmpty() ? Headers.of("Digest", "x") : Headers.EMPTY;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static Response decoded(Body body, String codings) throws Exception {
        return decoded(FILTER, body, codings);
    }

    private static Response decoded(Filter filter, Body body, String codings) throws Exception {
        Response encoded =
                Response.ok(body).withHeader("Content-Encoding", codings).withHeader("Content-Length", "9");
        return FakeOrigin.answering(encoded).with(filter).handle(Request.get("http://h/"));
    }

    private static Bytes encoded(Bytes content, String coding) {
        return CompressedBody.whole(content, ContentCoding.named(coding).orElseThrow());
    }

    private static Bytes raw(Bytes content) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(6, true);
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater)) {
            stream.write(content.toArray());
        }
        deflater.end();
        return Bytes.wrap(out.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate", "br", "zstd"})
    void everyCutOfTheInputGivesTheContentAndItsTrailers(String coding) throws Exception {
        Bytes content = encoded(TEXT, coding);
        for (int size : List.of(1, 2, 3, 7, 50, content.size())) {
            Response response = decoded(Pieces.cut(content, size), coding);
            assertThat(response.headers().has("Content-Encoding")).isFalse();
            assertThat(response.headers().has("Content-Length")).isFalse();
            assertThat(response.body().trailers()).isEqualTo(Headers.EMPTY);
            assertThat(response.body().bytes()).isEqualTo(TEXT);
            assertThat(response.body().trailers()).isEqualTo(Headers.of("Digest", "x"));
        }
    }

    @Test
    void bothKindsOfDeflateAreRead() throws Exception {
        for (int size : List.of(1, 2, 1000)) {
            assertThat(decoded(Pieces.cut(raw(TEXT), size), "deflate").body().bytes())
                    .isEqualTo(TEXT);
        }
        assertThat(decoded(Body.of(raw(Bytes.EMPTY)), "deflate").body().bytes()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void severalCodingsAreUndoneInTheirOrder() throws Exception {
        Bytes twice = encoded(encoded(TEXT, "gzip"), "br");
        assertThat(decoded(Body.of(twice), "gzip, br").body().bytes()).isEqualTo(TEXT);
        assertThat(decoded(Body.of(twice), "identity, gzip, identity, br")
                        .body()
                        .bytes())
                .isEqualTo(TEXT);
        Bytes thrice = encoded(twice, "zstd");
        assertThat(decoded(Body.of(thrice), "gzip, br, zstd").body().bytes()).isEqualTo(TEXT);
        assertThatThrownBy(() -> decoded(Body.of(thrice), "gzip, br, zstd, gzip"))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("content codings");
    }

    @Test
    void membersOfGzipMayFollowEachOtherWhereverTheyAreCut() throws Exception {
        Bytes two = Bytes.concat(encoded(TEXT, "gzip"), encoded(Bytes.EMPTY, "gzip"), encoded(TEXT, "gzip"));
        for (int size : List.of(1, 10, encoded(TEXT, "gzip").size(), two.size())) {
            assertThat(decoded(Pieces.cut(two, size), "gzip").body().bytes()).isEqualTo(Bytes.concat(TEXT, TEXT));
        }
    }

    @Test
    void namesAndExtrasInAHeaderOfGzipArePassedOver() throws Exception {
        Bytes plain = encoded(TEXT, "gzip");
        Bytes header = Bytes.ofHex("1f8b081e0000000000030200abcd" + "6e00" + "6300" + "1234");
        Bytes named = Bytes.concat(header, plain.slice(10, plain.size()));
        for (int size : List.of(1, named.size())) {
            assertThat(decoded(Pieces.cut(named, size), "gzip").body().bytes()).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void whatIsCutOffIsNoContent(String coding) throws Exception {
        Bytes content = encoded(TEXT, coding);
        for (int end : List.of(1, 2, 5, content.size() / 2, content.size() - 1)) {
            Response response = decoded(Body.of(content.slice(0, end)), coding);
            assertThatThrownBy(() -> response.body().bytes())
                    .isInstanceOf(ProtocolError.class)
                    .hasMessageContaining("not " + coding);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void whatIsNotOfTheCodingIsAnError(String coding) throws Exception {
        assertThatThrownBy(() -> decoded(Body.text("<html>not compressed at all"), coding)
                        .body()
                        .bytes())
                .isInstanceOf(ProtocolError.class);
        byte[] broken = encoded(TEXT, coding).toArray();
        for (int i = broken.length / 2; i < broken.length; i++) broken[i] ^= 0x5a;
        assertThatThrownBy(() ->
                        decoded(Body.of(Bytes.copyOf(broken)), coding).body().bytes())
                .isInstanceOf(ProtocolError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void noContentIsNoErrorAndPaddingOfZlibIsPassedOver(String coding) throws Exception {
        assertThat(decoded(Body.empty(), coding).body().bytes()).isEqualTo(Bytes.EMPTY);
        if (coding.equals("zstd") || coding.equals("br")) return;
        Bytes padded = Bytes.concat(encoded(TEXT, coding), Bytes.wrap(new byte[1000]));
        assertThat(decoded(Pieces.cut(padded, 100), coding).body().bytes()).isEqualTo(TEXT);
        Bytes stuffed = Bytes.concat(encoded(TEXT, coding), Bytes.wrap(new byte[100_000]));
        assertThatThrownBy(
                        () -> decoded(Pieces.cut(stuffed, 1000), coding).body().bytes())
                .isInstanceOf(LimitExceeded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void aBombIsStoppedByItsRatioOrItsSize(String coding) throws Exception {
        Bytes bomb = encoded(Bytes.wrap(new byte[12 << 20]), coding);
        Pieces pieces = Pieces.cut(bomb, 1000);
        Response response = decoded(pieces, coding);
        assertThatThrownBy(() -> drain(response.body()))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("decoding ratio exceeded");
        assertThat(pieces.closed).isTrue();
        Filter small = FILTER.withMaxBytes(TEXT.size() - 1);
        assertThatThrownBy(() -> drain(
                        decoded(small, Body.of(encoded(TEXT, coding)), coding).body()))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("decoded bytes exceeded");
        drain(decoded(FILTER.withMaxBytes(TEXT.size()), Body.of(encoded(TEXT, coding)), coding)
                .body());
    }

    private static void drain(Body body) {
        long bytes = 0;
        for (Bytes piece = body.read(); !piece.isEmpty(); piece = body.read()) bytes += piece.size();
        assertThat(bytes).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void aLiveStreamIsReadAsItComes(String coding) throws Exception {
        Pieces source = new Pieces(List.of(Bytes.ofUtf8("first"), Bytes.ofUtf8("second")));
        CompressedBody live =
                new CompressedBody(source, ContentCoding.named(coding).orElseThrow());
        Body body = decoded(live, coding).body();
        StringBuilder text = new StringBuilder();
        while (text.length() < 5) text.append(body.read().toUtf8());
        assertThat(text).hasToString("first");
        assertThat(source.reads).isEqualTo(1);
        while (text.length() < 11) text.append(body.read().toUtf8());
        assertThat(text).hasToString("firstsecond");
        body.close();
        assertThat(source.closed).isTrue();
    }

    @Test
    void whatMayBeReadAgainStaysSo() throws Exception {
        Body body = decoded(Body.of(encoded(TEXT, "gzip")), "gzip").body();
        assertThat(body.isReplayable()).isTrue();
        assertThat(body.bytes()).isEqualTo(TEXT);
        assertThat(body.bytes()).isEqualTo(TEXT);
    }

    @Test
    void theRequestSaysWhatIsTakenUnlessItDoesSoItself() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(
                Response.ok(Body.of(encoded(TEXT, "gzip"))).withHeader("Content-Encoding", "gzip"));
        HttpHandler client = origin.with(FILTER);
        client.handle(Request.get("http://h/"));
        assertThat(origin.last().header("Accept-Encoding")).contains("zstd, br, gzip, deflate");
        for (Request own : List.of(
                Request.get("http://h/").withHeader("Accept-Encoding", "gzip"),
                Request.get("http://h/").withHeader("Range", "bytes=0-1"))) {
            Response response = client.handle(own);
            assertThat(origin.last().headers()).isEqualTo(own.headers());
            assertThat(response.header("Content-Encoding")).contains("gzip");
        }
        Response head = client.handle(Request.head("http://h/"));
        assertThat(head.header("Content-Encoding")).contains("gzip");
    }

    @Test
    void anUnknownCodingIsLeftToTheCaller() throws Exception {
        Response response = decoded(Body.text("x"), "gzip, compress");
        assertThat(response.header("Content-Encoding")).contains("gzip, compress");
        assertThat(response.body().text()).isEqualTo("x");
    }
}
