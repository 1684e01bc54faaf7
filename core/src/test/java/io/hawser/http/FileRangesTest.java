package io.hawser.http;

import static io.hawser.http.SampleFolder.MODIFIED;
import static io.hawser.http.SampleFolder.MODIFIED_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.http.HttpDates;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parts of files.
final class FileRangesTest {
    @TempDir
    private Path folder;

    private SampleFolder sample;

    @BeforeEach
    void fill() throws IOException {
        sample = SampleFolder.in(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0|206|0|0-0",
                "bytes=0-9|206|0123456789|0-9",
                "bytes=2-4|206|234|2-4",
                "Bytes=2-4|206|234|2-4",
                "bytes=5-|206|56789|5-9",
                "bytes=-3|206|789|7-9",
                "bytes=-10|206|0123456789|0-9",
                "bytes=-11|206|0123456789|0-9",
                "bytes=-99999999999999999999|206|0123456789|0-9",
                "bytes=9-|206|9|9-9",
                "bytes=0-99|206|0123456789|0-9",
                "bytes=8-99999999999999999999|206|89|8-9",
                "bytes= 2-4 |206|234|2-4",
                "bytes=2-4,|206|234|2-4",
                "bytes=10-20,0-0|206|0|0-0",
                "bytes=10-|416||",
                "bytes=10-20|416||",
                "bytes=-0|416||",
                "bytes=99999999999999999999-|416||",
                "bytes=|200||",
                "bytes=-|200||",
                "bytes=a-b|200||",
                "bytes=4-2|200||",
                "bytes=2|200||",
                "bytes=+2-4|200||",
                "bytes=2 - 4|200||",
                "bytes=1-2;3|200||",
                "bytes 0-1|200||",
                "items=0-1|200||",
                "0-1|200||",
                "bytes=0-,0-|200||",
                "bytes=0-5,4-9|200||",
            })
    void aRangeIsAnswered(String range, int status, String content, String told) throws IOException {
        Response response = sample.get("/digits.txt", "Range", range);
        assertThat(response.status()).isEqualTo(status);
        switch (status) {
            case 206 -> {
                assertThat(response.body().text()).isEqualTo(content);
                assertThat(response.header("Content-Range")).contains("bytes " + told + "/10");
                assertThat(response.body().length()).hasValue(content.length());
                assertThat(response.headers().has("ETag")).isTrue();
            }
            case 416 -> assertThat(response.header("Content-Range")).contains("bytes */10");
            default -> assertThat(response.body().text()).isEqualTo("0123456789");
        }
    }

    @Test
    void anEmptyFileHasNoRange() throws IOException {
        assertThat(sample.get("/empty.txt").body().length()).hasValue(0);
        assertThat(sample.get("/empty.txt", "Range", "bytes=0-").status()).isEqualTo(416);
        assertThat(sample.get("/empty.txt", "Range", "bytes=-1").status()).isEqualTo(416);
    }

    @Test
    void severalRangesAreParts() throws IOException {
        Response response = sample.get("/digits.txt", "Range", "bytes=7-8, 0-1,-1");
        assertThat(response.status()).isEqualTo(206);
        String type = response.headers().value("Content-Type", "");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        assertThat(response.headers().has("Content-Range")).isFalse();
        String boundary = type.substring(type.indexOf('=') + 1);
        String text = response.body().text();
        String parts = """
                --B
                Content-Type: text/plain; charset=utf-8
                Content-Range: bytes 7-8/10

                78
                --B
                Content-Type: text/plain; charset=utf-8
                Content-Range: bytes 0-1/10

                01
                --B
                Content-Type: text/plain; charset=utf-8
                Content-Range: bytes 9-9/10

                9
                --B--
                """;
        assertThat(text).isEqualTo(parts.replace("\n", "\r\n").replace("--B", "--" + boundary));
        assertThat(response.body().length()).hasValue(text.length());
        assertThat(sample.get("/digits.txt", "Range", "bytes=" + "0-0,".repeat(17))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void onlyGetHasRanges() throws IOException {
        Request head = Request.head("/digits.txt").withHeader("Range", "bytes=0-1");
        assertThat(sample.files().handle(head).status()).isEqualTo(200);
        assertThat(sample.files().handle(head).body().length()).hasValue(10);
    }

    @Test
    void ifRangeAsksForThisVeryFile() throws IOException {
        String tag = sample.get("/digits.txt").headers().value("ETag", "");
        assertThat(ifRange(tag)).isEqualTo(206);
        assertThat(ifRange(MODIFIED_TEXT)).isEqualTo(206);
        assertThat(ifRange("\"other\"")).isEqualTo(200);
        assertThat(ifRange("W/" + tag)).isEqualTo(200);
        assertThat(ifRange(HttpDates.format(MODIFIED.plusSeconds(1)))).isEqualTo(200);
        assertThat(ifRange(HttpDates.format(MODIFIED.minusSeconds(1)))).isEqualTo(200);
        assertThat(ifRange("nonsense")).isEqualTo(200);
    }

    private int ifRange(String condition) throws IOException {
        return sample.get("/digits.txt", "Range", "bytes=0-1", "If-Range", condition)
                .status();
    }
}
