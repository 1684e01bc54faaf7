package io.hawser.internal.http1;

import io.hawser.ProtocolError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Feeds a [RequestParser] as a connection does: what it does not take comes again, with more behind it.
final class ParserDriver {
    private final RequestParser parser = new RequestParser(HeadLimits.DEFAULTS);
    private final List<String> heads = new ArrayList<>();
    private byte[] waiting = new byte[0];

    /// What came out of `input`, cut at `cuts`: a line for each head, or `(status)`, which no method looks like, and why.
    static List<String> read(String input, int... cuts) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        ParserDriver driver = new ParserDriver();
        int from = 0;
        try {
            for (int cut : cuts) {
                driver.feed(Arrays.copyOfRange(bytes, from, cut));
                from = cut;
            }
            driver.feed(Arrays.copyOfRange(bytes, from, bytes.length));
        } catch (ProtocolError refused) {
            driver.heads.add("(" + refused.code() + ") " + refused.getMessage());
        }
        return driver.heads;
    }

    /// As [#read(String, int...)], byte by byte.
    static List<String> readSingly(String input) {
        int[] everywhere = new int[input.length() - 1];
        Arrays.setAll(everywhere, at -> at + 1);
        return read(input, everywhere);
    }

    private void feed(byte... piece) {
        byte[] all = Arrays.copyOf(waiting, waiting.length + piece.length);
        System.arraycopy(piece, 0, all, waiting.length, piece.length);
        int at = 0;
        while (at < all.length) {
            int next = parser.parse(all, at, all.length);
            if (parser.isComplete()) heads.add(describe());
            if (next == at) break;
            at = next;
        }
        waiting = Arrays.copyOfRange(all, at, all.length);
    }

    private String describe() {
        BodyFraming framing = parser.framing();
        String body = framing.isChunked() ? "chunked" : Long.toString(framing.contentLength());
        return parser.method() + " " + parser.target() + " " + (parser.isHttp11() ? "1.1" : "1.0") + " " + body
                + (framing.isLast() ? " close" : "") + (framing.expectsContinue() ? " expects" : "") + " "
                + parser.takeHeaders();
    }
}
