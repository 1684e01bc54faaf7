package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.http.BytesBody;
import io.hawser.internal.http.FileBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BodyTest {
    record Unwritable(String name) {
        @Override
        public String name() {
            throw new IllegalStateException(name);
        }
    }

    record Person(String name, int age) {}

    @TempDir
    private Path folder;

    @Test
    void aConstantIsReadAnyNumberOfTimes() {
        Response constant = Response.text("hällo");
        for (int i = 0; i < 3; i++) assertThat(constant.body().text()).isEqualTo("hällo");
        assertThat(constant.header("content-type")).contains("text/plain; charset=utf-8");
        assertThat(constant.body().length()).hasValue(6);
        assertThat(constant.body()).isInstanceOf(BytesBody.class);
    }

    @Test
    void readersOfOneBodyAreIndependent() {
        Body body = Body.text("abc");
        Body one = body.fromStart();
        Body two = body.fromStart();
        assertThat(one.read().toUtf8()).isEqualTo("abc");
        assertThat(one.read()).isEqualTo(Bytes.EMPTY);
        assertThat(one.read()).isEqualTo(Bytes.EMPTY);
        assertThat(two.read().toUtf8()).isEqualTo("abc");
    }

    @Test
    void theLimitIsInclusive() {
        assertThat(Body.text("abc").bytes(3).size()).isEqualTo(3);
        assertThat(pieces("ab", "c").bytes(3).toUtf8()).isEqualTo("abc");
        for (Body body : List.of(Body.text("abcd"), pieces("ab", "cd"), pieces("abcd"))) {
            assertThatExceptionOfType(LimitExceeded.class)
                    .isThrownBy(() -> body.bytes(3))
                    .satisfies(error -> assertThat(error.allowed()).isEqualTo(3));
        }
        assertThat(Body.empty().bytes(0)).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void textIsInItsCharset() {
        Body latin = Body.of(Bytes.copyOf((byte) 0xe4), "text/plain; a=b; Charset=\"iso-8859-1\"");
        assertThat(latin.text()).isEqualTo("ä");
        assertThat(latin.fromStart().text()).isEqualTo("ä");
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> Body.of(Bytes.ofUtf8("a"), "text/plain; charset=nonsense")
                        .text());
    }

    @Test
    void jsonBecomesARecordAndBack() {
        Body body = Body.json(new Person("Ann", 7));
        assertThat(body.text()).isEqualTo("{\"name\":\"Ann\",\"age\":7}");
        assertThat(body.as(Person.class)).isEqualTo(new Person("Ann", 7));
        assertThat((Object) body.as(Map.class)).isEqualTo(Map.of("name", "Ann", "age", 7));
        assertThat(Body.text("{\"name\":\"B\",\"age\":1,\"more\":[]}").as(Person.class))
                .isEqualTo(new Person("B", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Body.json(new Unwritable("x")));
    }

    @Test
    void jsonThatIsNoneIsAClientsErrorAndNamesNoClass() {
        for (String text : List.of("", "{", "[1,", "{\"age\":\"x\"}", "{} {}", "null", "\"x\"")) {
            assertThatExceptionOfType(ProtocolError.class)
                    .as(text)
                    .isThrownBy(() -> Body.text(text).as(Person.class))
                    .satisfies(error -> assertThat(error.code()).isEqualTo(400))
                    .satisfies(error -> assertThat(error.getMessage()).doesNotContain("Person", "java"));
        }
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> Body.text("{\"age\":\"x\"}").as(Person.class))
                .withMessageContaining("$.age");
    }

    @Test
    void jsonBeyondTheBoundsOfItsReaderIsAClientsErrorToo() {
        for (String text : List.of(
                "[".repeat(501),
                "1".repeat(1_001),
                "{\"" + "n".repeat(50_001) + "\":1}",
                "{\"a\":" + "[".repeat(501))) {
            assertThatExceptionOfType(ProtocolError.class)
                    .isThrownBy(() -> Body.text(text).as(Object.class))
                    .satisfies(error -> assertThat(error.code()).isEqualTo(400))
                    .satisfies(error -> assertThat(error.getMessage()).doesNotContain("Stream", "java"));
        }
        assertThat((Object) Body.text("[".repeat(500) + "]".repeat(500)).as(List.class))
                .isInstanceOf(List.class);
        assertThat(Body.text("1".repeat(1_000)).as(Object.class)).hasToString("1".repeat(1_000));
    }

    @Test
    void jsonInNoFormOfUnicodeIsMalformed() {
        for (byte[] bytes :
                List.of(new byte[] {0, 0, -1, -2, 0, 0, 0, 0}, new byte[] {0, 0, -2, -1, 127, 127, 127, 127})) {
            assertThatExceptionOfType(ProtocolError.class)
                    .isThrownBy(() -> Body.of(Bytes.wrap(bytes)).as(Map.class))
                    .satisfies(error -> assertThat(error.code()).isEqualTo(400));
        }
    }

    @Test
    void aStreamThatFailsWithinJsonIsNoFaultOfTheJson() {
        for (String before : List.of("", "[", "[\"a\",", "[\"a\",{\"name\":")) {
            Body failing = new Body() {
                private boolean isBroken = before.isEmpty();

                @Override
                public Bytes read() {
                    if (isBroken) throw new UncheckedIOException(new IOException("disk"));
                    isBroken = true;
                    return Bytes.ofUtf8(before);
                }
            };
            assertThatExceptionOfType(UncheckedIOException.class)
                    .as(before)
                    .isThrownBy(() -> failing.as(List.class))
                    .withRootCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aPrimitiveIsNoTypeOfJson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Body.text("1").as(int.class))
                .withMessageContaining("int");
        assertThat(Body.text("1").as(Integer.class)).isEqualTo(1);
    }

    @Test
    void jsonThatIsTooLongIsTooLong() {
        Body endless = Body.writing(sink -> {
            sink.write(Bytes.ofUtf8("["));
            while (true) sink.write(Bytes.ofUtf8("1,".repeat(500)));
        });
        assertThatExceptionOfType(LimitExceeded.class).isThrownBy(() -> endless.as(List.class, 10_000));
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() ->
                        pieces("{\"name\":\"", "aaaaaaaaaaaaaaaaaaaaa", "\"}").as(Person.class, 12));
    }

    @Test
    void aFileIsARegion() throws IOException {
        Path file = folder.resolve("f");
        Files.writeString(file, "0123456789".repeat(20_000));
        Body whole = Body.file(file);
        assertThat(whole.contentType()).isEmpty();
        Path page = Files.writeString(folder.resolve("page.HTML"), "<p>");
        assertThat(Response.ok(Body.file(page)).header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(whole.length()).hasValue(200_000);
        assertThat(whole.text()).isEqualTo(Files.readString(file));
        FileBody part = (FileBody) Body.file(file, 5, 7);
        assertThat(part.text()).isEqualTo("5678901");
        assertThat(part.text()).isEqualTo("5678901");
        assertThat(part.position()).isEqualTo(5);
        assertThat(part.count()).isEqualTo(7);
        Files.writeString(file, "short");
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(whole::text);
    }

    @Test
    void aStreamMustBeAsLongAsItSays() {
        assertThat(Body.of(new ByteArrayInputStream(new byte[100_000])).bytes().size())
                .isEqualTo(100_000);
        assertThat(Body.of(new ByteArrayInputStream(new byte[10]), 4).bytes().size())
                .isEqualTo(4);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(
                        () -> Body.of(new ByteArrayInputStream(new byte[3]), 4).bytes());
        assertThat(Body.of(new ByteArrayInputStream(new byte[3]), 0).bytes()).isEqualTo(Bytes.EMPTY);
        assertThatIllegalArgumentException().isThrownBy(() -> Body.of(InputStream.nullInputStream(), -1));
    }

    @Test
    void aProducerIsPushedOrPulled() throws Exception {
        Body body = pieces("a", "", "b");
        List<String> pushed = new ArrayList<>();
        body.writeTo(piece -> pushed.add(piece.toUtf8()));
        assertThat(pushed).containsExactly("a", "", "b");
        assertThat(body.read().toUtf8()).isEqualTo("a");
        assertThat(body.read().toUtf8()).isEqualTo("b");
        assertThat(body.read()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void whatAProducerThrowsIsThrownByTheReader() {
        Body body = Body.writing(sink -> {
            sink.write(Bytes.ofUtf8("a"));
            throw new IOException("disk");
        });
        assertThat(body.read().toUtf8()).isEqualTo("a");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(body::read)
                .withRootCauseInstanceOf(IOException.class);
    }

    @Test
    void aProducerWhoseReaderIsGoneIsStopped() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Body body = Body.writing(sink -> {
            try {
                while (true) sink.write(Bytes.ofUtf8("x"));
            } catch (Cancelled expected) {
                stopped.countDown();
            }
        });
        assertThat(body.read().toUtf8()).isEqualTo("x");
        body.close();
        assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(body.read()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aReaderWaitsNoLongerThanItsDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        try (Body body = Body.writing(sink -> never.await())) {
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> Deadline.within(Duration.ofMillis(1), body::read));
        }
    }

    @Test
    void trailersComeAtTheEnd() throws Exception {
        AtomicInteger sum = new AtomicInteger();
        Body body = pieces("a", "b").withTrailers(() -> Headers.of("Sum", String.valueOf(sum.incrementAndGet())));
        assertThat(body.length()).isEmpty();
        AtomicReference<Headers> last = new AtomicReference<>(Headers.EMPTY);
        body.writeTo(new Sink() {
            @Override
            public void write(Bytes piece) {
                assertThat(last.get()).isSameAs(Headers.EMPTY);
            }

            @Override
            public void trailers(Headers trailers) {
                last.set(trailers);
            }
        });
        assertThat(last.get()).isEqualTo(Headers.of("Sum", "1"));
        Body pulled = Body.text("x").withTrailers(() -> Headers.of("T", "1")).fromStart();
        assertThat(pulled.trailers()).isSameAs(Headers.EMPTY);
        assertThat(pulled.read().toUtf8()).isEqualTo("x");
        assertThat(pulled.read()).isEqualTo(Bytes.EMPTY);
        assertThat(pulled.trailers()).isEqualTo(Headers.of("T", "1"));
    }

    @Test
    void trailersOfAProducerReachWhoPulls() {
        Body body = Body.writing(sink -> {
            sink.write(Bytes.ofUtf8("a"));
            sink.trailers(Headers.of("T", "1"));
        });
        assertThat(body.read().toUtf8()).isEqualTo("a");
        assertThat(body.trailers()).isSameAs(Headers.EMPTY);
        assertThat(body.read()).isEqualTo(Bytes.EMPTY);
        assertThat(body.trailers()).isEqualTo(Headers.of("T", "1"));
    }

    @Test
    void streamsSeeEveryByteAtEveryCut() throws IOException {
        byte[] all = "line one\r\nzwei ü\n\nlast".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= all.length; cut++) {
            Bytes bytes = Bytes.copyOf(all);
            Body body = pieces(bytes.slice(0, cut), bytes.slice(cut, all.length));
            try (InputStream stream = body.asInputStream()) {
                assertThat(stream.readAllBytes()).isEqualTo(all);
            }
            Body again = pieces(bytes.slice(0, cut), bytes.slice(cut, all.length));
            try (var lines = again.lines()) {
                assertThat(lines).containsExactly("line one", "zwei ü", "", "last");
            }
        }
    }

    @Test
    void aLineHasALimit() {
        Body endless = Body.writing(sink -> {
            while (true) sink.write(Bytes.ofUtf8("x".repeat(10_000)));
        });
        try (var lines = endless.lines()) {
            assertThatExceptionOfType(LimitExceeded.class).isThrownBy(lines::count);
        }
    }

    @Test
    void aStreamOfASinkKeepsOrder() throws Exception {
        Body body = Body.writing(sink -> {
            try (var out = sink.asOutputStream()) {
                for (int i = 0; i < 20_000; i++) out.write('a' + i % 26);
                out.write(new byte[9000]);
                out.write(new byte[] {'e', 'n', 'd'});
            }
        });
        byte[] all = body.bytes().toArray();
        assertThat(all).hasSize(29_003).endsWith('e', 'n', 'd');
        assertThat(all[19_999]).isEqualTo((byte) ('a' + 19_999 % 26));
    }

    @Test
    void aFormIsReadBack() {
        Parameters parameters = Parameters.of("a", "1 2", "b", "&");
        assertThat(Body.form(parameters).form()).isEqualTo(parameters);
        assertThat(Body.form(parameters).contentType()).contains("application/x-www-form-urlencoded");
    }

    private static Body pieces(String... pieces) {
        return Body.writing(sink -> {
            for (String piece : pieces) sink.write(Bytes.ofUtf8(piece));
        });
    }

    private static Body pieces(Bytes... pieces) {
        return Body.writing(sink -> {
            for (Bytes piece : pieces) sink.write(piece);
        });
    }
}
