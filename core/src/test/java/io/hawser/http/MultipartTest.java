package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MultipartTest {
    private static final String TYPE = "multipart/form-data; boundary=B";
    private static final String FORM = String.join(
            "\r\n",
            "preamble",
            "--B",
            "Content-Disposition: form-data; name=\"a\"",
            "",
            "one",
            "--B  ",
            "content-disposition: Form-Data; name=f; filename=\"x.txt\"",
            "Content-Type: text/plain",
            "",
            "",
            "--",
            "-B",
            "--A",
            "",
            "--B",
            "Content-Disposition: form-data; name=\"empty\"",
            "",
            "",
            "--B--",
            "epilogue");

    @Test
    void aFormIsReadAtEveryCut() {
        Bytes all = Bytes.ofUtf8(FORM);
        for (int cut = 0; cut <= all.size(); cut++) {
            List<String> seen = read(all.slice(0, cut), all.slice(cut, all.size()));
            assertThat(seen)
                    .as("cut at " + cut)
                    .containsExactly("a|-|one", "f|x.txt|\r\n--\r\n-B\r\n--A\r\n", "empty|-|");
        }
    }

    @Test
    void aFormIsReadByteByByte() {
        Bytes all = Bytes.ofUtf8(FORM);
        List<Bytes> single = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) single.add(all.slice(i, i + 1));
        assertThat(read(single.toArray(Bytes[]::new))).hasSize(3);
    }

    @Test
    void aFormThatEndsEarlyIsMalformedAtEveryCut() {
        int end = FORM.indexOf("--B--") + 5;
        Bytes all = Bytes.ofUtf8(FORM);
        for (int cut = 0; cut < end; cut++) {
            Bytes begun = all.slice(0, cut);
            assertThatExceptionOfType(ProtocolError.class)
                    .as("cut at " + cut)
                    .isThrownBy(() -> read(begun))
                    .satisfies(error -> assertThat(error.code()).isEqualTo(400));
        }
    }

    @Test
    void partsThatAreNotReadArePassedOver() {
        MultipartReader reader = reader(Bytes.ofUtf8(FORM));
        Part first = reader.next().orElseThrow();
        assertThat(reader.next().orElseThrow().name()).isEqualTo("f");
        assertThat(first.body().read()).isEqualTo(Bytes.EMPTY);
        assertThat(reader.next().orElseThrow().name()).isEqualTo("empty");
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Body form = Body.multipart(
                Part.field("näme \"q\"", "välue\r\n--"),
                Part.file("file", "ünï \"c\".bin", "application/x-thing", Body.of(Bytes.copyOf(new byte[100_000]))),
                Part.field("", ""));
        Request request = Request.post("/", form);
        assertThat(request.headers().value("Content-Type", "")).startsWith("multipart/form-data; boundary=");
        assertThat(form.length()).hasValue(form.bytes().size());
        MultipartReader reader = MultipartReader.of(request);
        Part field = reader.next().orElseThrow();
        assertThat(field.name()).isEqualTo("näme \"q\"");
        assertThat(field.fileName()).isEmpty();
        assertThat(field.body().text()).isEqualTo("välue\r\n--");
        Part file = reader.next().orElseThrow();
        assertThat(file.fileName()).contains("ünï \"c\".bin");
        assertThat(file.headers().first("content-type")).contains("application/x-thing");
        assertThat(file.body().bytes().size()).isEqualTo(100_000);
        assertThat(reader.next().orElseThrow().body().text()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "filename=\"a.txt\"|a.txt",
                "filename=a.txt|a.txt",
                "filename=\"/etc/passwd\"|passwd",
                "filename=\"..\\..\\boot.ini\"|boot.ini",
                "filename=\"C:\\dir\\a.txt\"|a.txt",
                "filename=\"a\\\"b.txt\"|a\"b.txt",
                "filename=\"a%22b.txt\"|a\"b.txt",
                "filename=\"a;b.txt\"|a;b.txt",
                "filename=\"..\"|",
                "filename=\".\"|",
                "filename=\"\"|",
                "filename=\"a/\"|",
                "filename=\"a%0Ab\"|ab",
                "filename*=utf-8''evil.txt; filename=\"good.txt\"|good.txt",
                "x=\"filename=evil\"; filename=good|good",
                "FileName = \"a\"|a",
            })
    void aFileNameIsItsLastSegment(String parameter, String expected) {
        Part part = part("Content-Disposition: form-data; name=n; " + parameter).orElseThrow();
        assertThat(part.name()).isEqualTo("n");
        assertThat(part.fileName()).contains(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Disposition: attachment; name=n",
                "Content-Disposition: form-data",
                "Content-Disposition: form-data; filename=x",
                "no colon",
                ": empty",
                "a b: c",
                " folded",
                "X: \u0001",
                "Content-Disposition: form-data; name",
                "Content-Disposition: form-data; xname=n",
            })
    void aPartWithoutANameIsMalformed(String head) {
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> part(head))
                .satisfies(error -> assertThat(error.code()).isEqualTo(400));
    }

    private static Optional<Part> part(String head) {
        return reader(Bytes.ofUtf8("--B\r\n" + head + "\r\n\r\nx\r\n--B--")).next();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--B\n\nx\r\n--B--", "--Bx\r\n\r\n", "--B-x", "--B\r\r\n", "--B \n", ""})
    void aBoundaryIsAWholeLine(String form) {
        assertThatExceptionOfType(ProtocolError.class).isThrownBy(() -> read(Bytes.ofUtf8(form)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "multipart/form-data; boundary=B|0",
                "Multipart/Form-Data;charset=x; Boundary=\"B\"|0",
                "multipart/form-data; boundary=\"a b'()+_,-./:=?\"|0",
                "multipart/form-data|400",
                "multipart/form-data; boundary=|400",
                "multipart/form-data; boundary=\"a \"|400",
                "multipart/form-data; boundary=a@b|400",
                "multipart/form-data;"
                        + " boundary=0123456789012345678901234567890123456789012345678901234567890123456789|0",
                "multipart/form-data;"
                        + " boundary=01234567890123456789012345678901234567890123456789012345678901234567890|400",
                "multipart/mixed; boundary=B|415",
                "application/json|415",
                "|415",
            })
    void theTypeGivesTheBoundary(String type, int code) {
        String text = type == null ? "" : type;
        if (code == 0) {
            assertThat(MultipartReader.of(text, Body.empty(), MultipartLimits.defaults()))
                    .isNotNull();
            return;
        }
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> MultipartReader.of(text, Body.empty(), MultipartLimits.defaults()))
                .satisfies(error -> assertThat(error.code()).isEqualTo(code));
    }

    @Test
    void limitsAreInclusive() {
        String two = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n12345\r\n"
                + "--B\r\nContent-Disposition: form-data; name=b\r\n\r\n12345\r\n--B--";
        MultipartLimits exact = new MultipartLimits(2, 5, 64);
        assertThat(read(exact, two)).hasSize(2);
        assertOver("parts", exact.withMaxParts(1), two);
        assertOver("part", exact.withMaxPartBytes(4), two);
        String longHead = two.replace("name=b", "name=" + "b".repeat(64));
        assertOver("part head", exact, longHead);
        assertOver("part head", exact, "--B\r\nX: " + "x".repeat(100_000));
        assertOver("part head", exact, "--B" + " ".repeat(100_000));
        assertOver("preamble", exact, "x".repeat(100_000));
        assertThatIllegalArgumentException().isThrownBy(() -> exact.withMaxParts(0));
        assertThatIllegalArgumentException().isThrownBy(() -> exact.withMaxPartBytes(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> exact.withMaxHeadBytes(63));
    }

    private static void assertOver(String limit, MultipartLimits limits, String form) {
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> read(limits, form))
                .satisfies(error -> assertThat(error.limit()).isEqualTo(limit));
    }

    private static List<String> read(MultipartLimits limits, String form) {
        return parts(MultipartReader.of(TYPE, Body.of(Bytes.ofUtf8(form)), limits));
    }

    private static List<String> read(Bytes... pieces) {
        return parts(reader(pieces));
    }

    private static List<String> parts(MultipartReader reader) {
        List<String> seen = new ArrayList<>();
        for (Optional<Part> part = reader.next(); part.isPresent(); part = reader.next()) {
            Part found = part.get();
            seen.add(found.name() + "|" + found.fileName().orElse("-") + "|"
                    + found.body().text());
        }
        return seen;
    }

    private static MultipartReader reader(Bytes... pieces) {
        return MultipartReader.of(TYPE, new Pieces(List.of(pieces)), MultipartLimits.defaults());
    }

    /// A body in the given pieces, read on the same thread.
    private static final class Pieces implements Body {
        private final List<Bytes> left;

        Pieces(List<Bytes> pieces) {
            left = new ArrayList<>(pieces);
            left.removeIf(Bytes::isEmpty);
        }

        @Override
        public Bytes read() {
            return left.isEmpty() ? Bytes.EMPTY : left.removeFirst();
        }
    }
}
