package io.hawser.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestParserTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n";

    @Test
    void aHeadIsReadWithItsFields() {
        assertThat(ParserDriver.read(
                        "GET /a?b=c HTTP/1.1\r\nHost: example.org:80\r\nX-One:  two \t\r\nx-one: \r\n\r\n"))
                .containsExactly("GET /a?b=c 1.1 0 Headers[Host: example.org:80; X-One: two; x-one: ]");
    }

    @Test
    void headsBehindEachOtherAreReadOneByOne() {
        assertThat(ParserDriver.read(GET + "\r\n" + "HEAD /x HTTP/1.0\r\n\r\n\r\nPUT /y HTTP/1.1\r\nHost: b\r\n\r\n"))
                .hasSize(3)
                .last()
                .isEqualTo("PUT /y 1.1 0 Headers[Host: b]");
    }

    @Test
    void valuesAreLatin1AndKnownNamesAreOneInstance() {
        assertThat(ParserDriver.read(GET + "uSER-aGENT: caf\u00e9\r\n\r\n"))
                .containsExactly("GET / 1.1 0 Headers[Host: a; User-Agent: caf\u00e9]");
        byte[] name = "content-LENGTH".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(FieldNames.of(name, 0, name.length)).isSameAs(io.hawser.internal.http.Names.CONTENT_LENGTH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the request line
                "GET  / HTTP/1.1\\r\\n | 400",
                "GET /  HTTP/1.1\\r\\n | 400",
                "GET / HTTP/1.1 \\r\\n | 400",
                "GET /\\r\\n | 400",
                "GET\\r\\n | 400",
                "G@T / HTTP/1.1\\r\\n | 400",
                "GET / http/1.1\\r\\n | 400",
                "GET / HTTP/11\\r\\n | 400",
                "GET / HTTP/1.10\\r\\n | 400",
                "GET / HTTP/2.0\\r\\n | 505",
                "GET / HTTP/1.1\\n | 400",
                "GET / HTTP/1.1\\rX | 400",
                "GET /\\tHTTP/1.1\\r\\n | 400",
                "GET x HTTP/1.1\\r\\n | 400",
                "GET /a#b HTTP/1.1\\r\\n | 400",
                "GET /\u00e9 HTTP/1.1\\r\\n | 400",
                "GET /\\0 HTTP/1.1\\r\\n | 400",
                "GET * HTTP/1.1\\r\\n | 400",
                "GET ftp://a/ HTTP/1.1\\r\\n | 400",
                "GET http:///x HTTP/1.1\\r\\n | 400",
                "GET http://u@a/x HTTP/1.1\\r\\n | 400",
                "CONNECT a:80 HTTP/1.1\\r\\n | 501",
                "\\r\\n\\r\\n | 400",
                // fields
                "GET / HTTP/1.1\\r\\nHost : a\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a\\r\\n b\\r\\n | 400",
                "GET / HTTP/1.1\\r\\n: a\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a\\rb\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a\\0b\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nH\u00e9: a\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost\\r\\n | 400",
                // Host
                "GET / HTTP/1.1\\r\\n\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: a\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost:\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a b\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a/b\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a@b\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a,b\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a:b\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: a:65536\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: [::g]\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: [::1\\r\\n | 400",
                // framing
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: +1\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: -1\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1 1\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 0x1\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length:\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1, 1\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 9999999999999999999\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nContent-Length: 1\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 1\\r\\n\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked, chunked\\r\\n\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked, gzip\\r\\n\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked;q=1\\r\\n\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding:\\r\\n\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: , chunked\\r\\n\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunk ed\\r\\n\\r\\n | 400",
                "POST / HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n | 400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip, chunked\\r\\n\\r\\n | 501",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: xchunked\\r\\n\\r\\n | 501",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nExpect: magic\\r\\n\\r\\n | 417",
            })
    void whatIsNoRequestIsRefusedHoweverItComes(String raw, int status) {
        String input = raw.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
        for (int cut = 0; cut <= input.length(); cut++) {
            assertThat(ParserDriver.read(input, cut)).last().asString().startsWith("(" + status + ") ");
        }
        assertThat(ParserDriver.readSingly(input)).last().asString().startsWith("(" + status + ") ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 5 | 1.1 5",
                "Content-Length: 007 | 1.1 7",
                "Transfer-Encoding: chunked | 1.1 chunked",
                "Transfer-Encoding: CHUNKED | 1.1 chunked",
                "Connection: close | 1.1 0 close",
                "Connection: foo, Close | 1.1 0 close",
                "Connection: keep-alive | 1.1 0",
                "Expect: 100-Continue | 1.1 0",
            })
    void fieldsSayHowTheBodyIsFramed(String field, String framing) {
        String input = GET + field + "\r\n\r\n";
        for (int cut = 0; cut <= input.length(); cut++) {
            assertThat(ParserDriver.read(input, cut)).singleElement().asString().startsWith("GET / " + framing + " H");
        }
    }

    @Test
    void http10EndsAfterItsAnswerUnlessItSaysOtherwise() {
        assertThat(ParserDriver.read("GET / HTTP/1.0\r\n\r\n")).containsExactly("GET / 1.0 0 close Headers[]");
        assertThat(ParserDriver.read("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"))
                .containsExactly("GET / 1.0 0 Headers[Connection: Keep-Alive]");
    }

    @Test
    void theLimitsHoldToTheByte() {
        String longest = "/" + "x".repeat(8192 - "GET / HTTP/1.1".length());
        assertThat(ParserDriver.read("GET " + longest + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .singleElement()
                .asString()
                .startsWith("GET");
        assertThat(ParserDriver.read("GET " + longest + "x HTTP/1.1\r\nHost: a\r\n\r\n"))
                .last()
                .asString()
                .startsWith("(414)");
        assertThat(ParserDriver.read("x".repeat(8193))).last().asString().startsWith("(414)");

        String rest = "X: " + "y".repeat((16 << 10) - GET.length() - "X: \r\n\r\n".length()) + "\r\n\r\n";
        assertThat(ParserDriver.read(GET + rest)).singleElement().asString().startsWith("GET");
        assertThat(ParserDriver.read(GET + "X" + rest)).last().asString().startsWith("(431)");
        assertThat(ParserDriver.read(GET + "X: " + "y".repeat(16 << 10)))
                .last()
                .asString()
                .startsWith("(431)");

        assertThat(ParserDriver.read(GET + "a: b\r\n".repeat(99) + "\r\n"))
                .singleElement()
                .asString()
                .startsWith("GET");
        assertThat(ParserDriver.read(GET + "a: b\r\n".repeat(100) + "\r\n"))
                .last()
                .asString()
                .startsWith("(431)");
    }

    @Test
    @SuppressWarnings("StringConcatToTextBlock") // lines end with CRLF here
    void everyCutGivesTheSameHeads() {
        String input = "\r\nPOST /p HTTP/1.1\r\nHost: [::1]:8080\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n"
                + "OPTIONS * HTTP/1.1\r\nHost: a_b.c\r\n\r\nGET http://h:1/p?q HTTP/1.1\r\nHost: x\r\n\r\n";
        List<String> whole = ParserDriver.read(input);
        assertThat(whole).hasSize(3);
        for (int cut = 0; cut <= input.length(); cut++)
            assertThat(ParserDriver.read(input, cut)).isEqualTo(whole);
        assertThat(ParserDriver.readSingly(input)).isEqualTo(whole);
    }
}
