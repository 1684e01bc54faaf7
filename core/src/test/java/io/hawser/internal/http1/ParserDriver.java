package io.hawser.internal.http1;

import io.hawser.ProtocolError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Feeds a [RequestParser] with octets that come in pieces: what it does not take comes again, with more behind it.
final class ParserDriver {
    private final RequestParser parser = new RequestParser(HeadLimits.DEFAULTS);
    private final List<String> heads = new ArrayList<>();
    private final ByteBuf received = Unpooled.buffer();
    private byte[] waiting = new byte[0];

    /// What came out of `input`, cut at `cuts`: a line for each head, or `(status)`, which no method looks
    /// like, and why.
    static List<String> read(String input, int... cuts) {
        ParserDriver driver = new ParserDriver();
        return driver.read(input, driver::feed, cuts);
    }

    /// As [#read(String, int...)], in the way of a connection, which looks at the beginning of what has come first,
    /// and at an unfinished line again only for its end.
    static List<String> readAsConnection(String input, int... cuts) {
        ParserDriver driver = new ParserDriver();
        return driver.read(input, driver::receive, cuts);
    }

    private List<String> read(String input, Consumer<byte[]> feeding, int... cuts) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        int from = 0;
        try {
            for (int cut : cuts) {
                feeding.accept(Arrays.copyOfRange(bytes, from, cut));
                from = cut;
            }
            feeding.accept(Arrays.copyOfRange(bytes, from, bytes.length));
        } catch (ProtocolError refused) {
            heads.add("(" + refused.code() + ") " + refused.getMessage());
        }
        return heads;
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

    private void receive(byte... piece) {
        int seen = received.readableBytes();
        received.writeBytes(piece);
        while (received.isReadable()) {
            int before = received.readerIndex();
            if (parser.read(received, seen, Scratch.ofThisLoop())) heads.add(describe());
            if (received.readerIndex() == before) break;
            seen = 0;
        }
    }

    private String describe() {
        BodyFraming framing = parser.framing();
        String body = framing.isChunked() ? "chunked" : Long.toString(framing.contentLength());
        return parser.method() + " " + parser.target() + " " + (parser.isHttp11() ? "1.1" : "1.0") + " " + body
                + (framing.isLast() ? " close" : "") + (framing.expectsContinue() ? " expects" : "") + " "
                + parser.takeHeaders();
    }
}
