package io.hawser.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.testing.Fuzzing;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Any bytes are heads of requests, or refused with a status; cut anywhere they are the same, and nothing in
/// a head that was taken could begin another line.
public final class HeadFuzzTest {
    private static final List<String> STATUSES = List.of("400", "414", "417", "431", "501", "505");

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Fuzzing.text(input);
        List<String> whole = ParserDriver.read(text);
        if (input.length > 1) assertThat(ParserDriver.readSingly(text)).isEqualTo(whole);
        int cut = input.length == 0 ? 0 : Math.floorMod(Arrays.hashCode(input), input.length);
        assertThat(ParserDriver.read(text, cut)).isEqualTo(whole);
        connectionReadsTheSame(text + "\n", cut);
        connectionReadsTheSame(padded(text, cut % 128) + "\n", cut);
        for (String head : whole) {
            assertThat(head.chars()).noneMatch(c -> c == '\r' || c == '\n' || c == 0);
            if (head.startsWith("("))
                assertThat(head.substring(1, head.indexOf(')'))).isIn(STATUSES);
        }
    }

    /// @param ended in its last line
    private static void connectionReadsTheSame(String ended, int cut) {
        List<String> whole = ParserDriver.read(ended);
        assertThat(ParserDriver.readAsConnection(ended)).isEqualTo(whole);
        assertThat(ParserDriver.readAsConnection(ended, cut)).isEqualTo(whole);
    }

    /// With a field behind the first line, so long that the rest lies about where the first look ends.
    private static String padded(String text, int fewer) {
        int line = text.indexOf("\r\n") + 2;
        if (line == 1) return text;
        return text.substring(0, line) + "P: " + "v".repeat(HeadParser.FIRST_BYTES - fewer) + "\r\n"
                + text.substring(line);
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /a?b=c HTTP/1.1\r\nHost: a:80\r\nContent-Length: 5\r\nX: y\r\nX: z\r\n\r\n",
                "PUT /x HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n",
                "GET http://h/p HTTP/1.0\r\nConnection: keep-alive\r\n\r\nHEAD * HTTP/1.1\r\nHost: h\r\n\r\n",
                "2ET http://h/p HTTP/1.0\r\n\r\n",
                "\r\nOPTIONS * HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "CONNECT h:1 HTTP/1.1\r\nHost: h:1\r\nConnection: close\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n");
    }

    @Test
    void anyBytesAreHeadsOrRefusedHoweverCut() {
        Fuzzing.check(seeds(), HeadFuzzTest::fuzzerTestOneInput);
    }

    @Test
    void everySeedSaysSomething() {
        assertThat(seeds().stream()
                        .map(seed -> ParserDriver.read(Fuzzing.text(seed)))
                        .collect(Collectors.toList()))
                .noneMatch(List::isEmpty);
    }
}
