package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import com.github.luben.zstd.ZstdInputStream;
import io.hawser.Bytes;
import io.hawser.internal.http.BytesBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseCompressionTest {
    private static final String LONG = "compress me ".repeat(500);

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void whatIsInMemoryIsCompressedAtOnce(String coding) throws Exception {
        Response response = answer(Response.text(LONG), coding);
        assertThat(response.header("Content-Encoding")).contains(coding);
        assertThat(response.header("Vary")).contains("Accept-Encoding");
        assertThat(response.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(response.body()).isInstanceOf(BytesBody.class);
        assertThat(response.body().length().orElseThrow()).isLessThan(LONG.length() / 4);
        assertThat(decoded(response.body().bytes(), coding)).isEqualTo(LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void aStreamIsCompressedWhileItIsPushedOrPulled(String coding) throws Exception {
        Body.Producer producer = sink -> {
            for (int i = 0; i < 500; i++) sink.write(Bytes.ofUtf8("compress me "));
            sink.trailers(Headers.of("T", "1"));
        };
        Response pushed = answer(Response.ok(Body.writing("text/plain", producer)), coding);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Headers> trailers = new ArrayList<>();
        pushed.body().writeTo(new Sink() {
            @Override
            public void write(Bytes piece) {
                bytes.writeBytes(piece.toArray());
            }

            @Override
            public void trailers(Headers last) {
                trailers.add(last);
            }
        });
        assertThat(decoded(Bytes.wrap(bytes.toByteArray()), coding)).isEqualTo(LONG);
        assertThat(trailers).containsExactly(Headers.of("T", "1"));
        Response pulled = answer(Response.ok(Body.writing("text/plain", producer)), coding);
        assertThat(pulled.body().length()).isEmpty();
        assertThat(decoded(pulled.body().bytes(), coding)).isEqualTo(LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void whatIsFlushedArrivesWhole(String coding) throws Exception {
        Body body = Body.writing("text/event-stream", sink -> {
            for (String event : new String[] {"data: one\n\n", "data: two\n\n"}) {
                sink.write(Bytes.ofUtf8(event));
                sink.flush();
            }
        });
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        List<String> afterEachFlush = new ArrayList<>();
        answer(Response.ok(body), coding).body().writeTo(new Sink() {
            @Override
            public void write(Bytes piece) {
                sent.writeBytes(piece.toArray());
            }

            @Override
            public void flush() {
                afterEachFlush.add(begun(Bytes.wrap(sent.toByteArray()), coding));
            }
        });
        assertThat(afterEachFlush.get(0)).isEqualTo("data: one\n\n");
        assertThat(afterEachFlush.get(1)).isEqualTo("data: one\n\ndata: two\n\n");
        Body pulled = answer(
                        Response.ok(Body.writing("text/event-stream", sink -> {
                            sink.write(Bytes.ofUtf8("data: one\n\n"));
                            Thread.sleep(1_000_000);
                        })),
                        coding)
                .body();
        assertThat(begun(pulled.read(), coding)).isEqualTo("data: one\n\n");
        pulled.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html|true",
                "TEXT/HTML; charset=x|true",
                "application/json|true",
                "application/problem+json|true",
                "image/svg+xml|true",
                "application/wasm|true",
                "image/png|false",
                "video/mp4|false",
                "application/zip|false",
                "application/octet-stream|false",
                "''|false",
            })
    void onlyTypesThatShrinkAreCompressed(String type, boolean expected) throws Exception {
        Response plain = Response.ok(Body.of(Bytes.ofUtf8(LONG)));
        Response response = answer(type.isEmpty() ? plain : plain.withHeader("Content-Type", type), "gzip");
        assertThat(response.headers().has("Content-Encoding")).isEqualTo(expected);
        assertThat(response.headers().has("Vary")).isEqualTo(expected);
    }

    @Test
    void someAnswersAreLeftAsTheyAre() throws Exception {
        Response text = Response.text(LONG);
        for (Response left : List.of(
                text.withHeader("Content-Encoding", "br"),
                text.withStatus(206),
                text.withHeader("Content-Range", "bytes 0-1/2"),
                text.withHeader("Cache-Control", "max-age=1, No-Transform"),
                Response.of(304).withHeader("Content-Type", "text/plain"),
                Response.noContent(),
                Response.of(200).withHeader("Content-Type", "text/plain"))) {
            assertThat(answer(left, "gzip")).isSameAs(left);
        }
    }

    @Test
    void whatIsShortIsLeftUnlessIdentityIsRefused() throws Exception {
        Response atLimit = Response.text("a".repeat(1024));
        Response below = Response.text("a".repeat(1023));
        assertThat(answer(atLimit, "gzip").headers().has("Content-Encoding")).isTrue();
        assertThat(answer(below, "gzip").headers().has("Content-Encoding")).isFalse();
        assertThat(answer(below, "gzip").header("Vary")).contains("Accept-Encoding");
        assertThat(answer(below, "gzip, identity;q=0").headers().has("Content-Encoding"))
                .isTrue();
    }

    @Test
    void whatDoesNotShrinkIsLeft() throws Exception {
        byte[] noise = new byte[2000];
        new java.util.Random(1).nextBytes(noise);
        Response response = answer(Response.ok(Body.of(Bytes.wrap(noise), "text/plain")), "gzip");
        assertThat(response.headers().has("Content-Encoding")).isFalse();
        assertThat(response.body().bytes()).isEqualTo(Bytes.wrap(noise));
    }

    @Test
    void headAndSilenceSayOnlyThatItVaries() throws Exception {
        HttpHandler handler = compressing(Response.text(LONG).withHeader("Vary", "Origin"));
        Response head = handler.handle(Request.head("/").withHeader("Accept-Encoding", "gzip"));
        assertThat(head.header("Vary")).contains("Origin, Accept-Encoding");
        assertThat(head.headers().has("Content-Encoding")).isFalse();
        Response silent = handler.handle(Request.get("/"));
        assertThat(silent.body().text()).isEqualTo(LONG);
        assertThat(silent.header("Vary")).contains("Origin, Accept-Encoding");
    }

    @Test
    void aTagIsThatOfOtherBytes() throws Exception {
        Response strong =
                answer(Response.text(LONG).withHeader("ETag", "\"1\"").withHeader("Accept-Ranges", "bytes"), "gzip");
        assertThat(strong.header("ETag")).contains("W/\"1\"");
        assertThat(strong.headers().has("Accept-Ranges")).isFalse();
        assertThat(answer(Response.text(LONG).withHeader("ETag", "W/\"1\""), "gzip")
                        .header("ETag"))
                .contains("W/\"1\"");
    }

    @Test
    void theServersOrderDecidesAmongEquals() throws Exception {
        assertThat(answer(Response.text(LONG), "gzip, deflate, br, zstd").header("Content-Encoding"))
                .contains("zstd");
        ResponseCompression own =
                ResponseCompression.defaults().withCodings("gzip").withMinBytes(0);
        HttpHandler handler =
                ((HttpHandler) _ -> Response.text("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")).with(own);
        assertThat(handler.handle(Request.get("/").withHeader("Accept-Encoding", "br, gzip"))
                        .header("Content-Encoding"))
                .contains("gzip");
        assertThatIllegalArgumentException().isThrownBy(() -> own.withCodings("lzma"));
        assertThatIllegalArgumentException().isThrownBy(() -> own.withMinBytes(-1));
    }

    private static Response answer(Response response, String accept) throws Exception {
        return compressing(response).handle(Request.get("/").withHeader("Accept-Encoding", accept));
    }

    private static HttpHandler compressing(Response response) {
        return ((HttpHandler) _ -> response).with(ResponseCompression.defaults());
    }

    private static String decoded(Bytes bytes, String coding) throws IOException {
        try (InputStream in = decoder(bytes, coding)) {
            return Bytes.wrap(in.readAllBytes()).toUtf8();
        }
    }

    /// What can be decoded of the beginning of a stream.
    private static String begun(Bytes bytes, String coding) {
        if (coding.equals("br")) return begunBrotli(bytes);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (InputStream in = decoder(bytes, coding)) {
            for (int b = in.read(); b >= 0; b = in.read()) text.write(b);
        } catch (IOException cutOff) {
            assertThat(text.size()).isPositive();
        }
        return Bytes.wrap(text.toByteArray()).toUtf8();
    }

    /// Its stream gives nothing of what is cut off.
    private static String begunBrotli(Bytes bytes) {
        try {
            DecoderJNI.Wrapper decoder = new DecoderJNI.Wrapper(bytes.size());
            bytes.copyTo(decoder.getInputBuffer());
            decoder.push(bytes.size());
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            while (decoder.hasOutput())
                text.writeBytes(Bytes.copyOf(decoder.pull()).toArray());
            decoder.destroy();
            return Bytes.wrap(text.toByteArray()).toUtf8();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static InputStream decoder(Bytes bytes, String coding) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes.toArray());
        return switch (coding) {
            case "gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in);
            case "br" -> new BrotliInputStream(in);
            case "zstd" -> new ZstdInputStream(in);
            default -> throw new IllegalArgumentException(coding);
        };
    }
}
