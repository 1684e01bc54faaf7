package io.hawser.internal.http.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.http.Body;
import io.hawser.http.MultipartLimits;
import io.hawser.http.MultipartReader;
import io.hawser.http.Part;
import io.hawser.testing.Fuzzing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Any body is a form, malformed, or over a limit; cut anywhere it is the same, and no file name leads
/// elsewhere.
public final class FormFuzzTest {
    private static final MultipartLimits LIMITS =
            MultipartLimits.defaults().withMaxParts(8).withMaxPartBytes(256).withMaxHeadBytes(256);

    public static void fuzzerTestOneInput(byte[] input) {
        List<List<String>> outcomes =
                Fuzzing.cuts(input).stream().map(FormFuzzTest::read).toList();
        assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
    }

    private static List<String> read(List<byte[]> pieces) {
        ArrayDeque<byte[]> left = new ArrayDeque<>(pieces);
        Body body = () -> {
            byte[] next = left.poll();
            return next == null ? Bytes.EMPTY : Bytes.wrap(next);
        };
        MultipartReader reader = MultipartReader.of("multipart/form-data; boundary=B", body, LIMITS);
        List<String> seen = new ArrayList<>();
        try {
            for (Optional<Part> part = reader.next(); part.isPresent(); part = reader.next()) {
                seen.add(read(part.get()));
            }
        } catch (ProtocolError | LimitExceeded refused) {
            seen.add(refused.getClass().getSimpleName());
            if (refused instanceof ProtocolError error) assertThat(error.code()).isEqualTo(400);
            assertThat(refused).hasMessageNotContaining("\r");
        }
        return seen;
    }

    private static String read(Part part) {
        Bytes content = part.body().bytes();
        assertThat(content.size()).isLessThanOrEqualTo((int) LIMITS.maxPartBytes());
        part.fileName().ifPresent(name -> assertThat(name).isNotIn(".", "..").doesNotContain("/", "\\", "\0", "\n"));
        return part.name() + "|" + part.fileName() + "|" + part.headers() + "|" + content.toHex();
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--B--",
                "pre\r\n--B  \r\ncontent-disposition: Form-Data; name=f; filename=\"x/../y.txt\"\r\n"
                        + "Content-Type: text/plain\r\n\r\n\r\n--\r\n-B\r\n--A\r\n\r\n--B--\r\nend",
                "--B\r\nContent-Disposition: form-data; name=n; filename*=utf-8''x\r\n\r\n" + "x".repeat(250)
                        + "\r\n--B\r\n",
                "--B\r\n" + "X: y\r\n".repeat(40) + "\r\n\r\n--B--");
    }

    @Test
    void aHeadOfTheGreatestLengthIsReadHoweverCut() {
        String field = "\r\nContent-Disposition: form-data; name=n\r\nX: ";
        String head = field + "y".repeat(LIMITS.maxHeadBytes() - field.length());
        byte[] form = Fuzzing.seeds("--B" + head + "\r\n\r\nz\r\n--B--").getFirst();
        for (List<byte[]> pieces : Fuzzing.cuts(form))
            assertThat(read(pieces)).singleElement().asString().startsWith("n|");
    }

    @Test
    void anyBodyIsAFormOrRefusedHoweverCut() {
        Fuzzing.check(seeds(), FormFuzzTest::fuzzerTestOneInput);
    }
}
