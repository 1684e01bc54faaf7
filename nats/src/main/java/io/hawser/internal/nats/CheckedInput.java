package io.hawser.internal.nats;

import io.nats.client.support.IncomingHeadersProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// What a broker sends, with headers that the client library can read. A broker passes on what others
/// publish as headers, and where it is none the library gives up the connection; of a message that is kept
/// in a stream, it would do so again and again. Such headers are replaced by one, [#MALFORMED]. A status is
/// what a broker says of itself: where a message that is kept has one, the library would not deliver it, and
/// it is left out.
///
/// Everything else passes as it is.
///
/// Thread: one.
public final class CheckedInput {
    /// The header of a message whose headers were none.
    public static final String MALFORMED = "Hawser-Malformed";

    private static final byte[] REPLACED = ascii("NATS/1.0\r\n" + MALFORMED + ": 1\r\n\r\n");
    private static final byte[] NONE = {};
    private static final byte[] WITHOUT_STATUS = ascii("NATS/1.0");
    private static final String KEPT = "$JS.ACK.";
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[ \t]+");
    private static final int END_BYTES = 2;
    private static final int MAX_LINE_BYTES = 1 << 20;

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private String[] line = {};
    private int headersLeft;
    private long passing;

    CheckedInput() {}

    /// What becomes of the next bytes. What is not whole yet is kept until it is.
    ///
    /// @throws IOException if that is not what a broker says
    byte[] take(byte[] in, int from, int count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(count + 64);
        int end = from + count;
        for (int at = from; at < end; ) {
            if (passing > 0) {
                int size = (int) Math.min(passing, end - at);
                out.write(in, at, size);
                passing -= size;
                at += size;
            } else if (headersLeft > 0) {
                int size = Math.min(headersLeft, end - at);
                held.write(in, at, size);
                headersLeft -= size;
                at += size;
                if (headersLeft == 0) headers(out);
            } else {
                int size = lineBytes(in, at, end);
                held.write(in, at, size);
                at += size;
                if (in[at - 1] == '\n') line(out);
                else if (held.size() > MAX_LINE_BYTES) throw new IOException("a line of over 1 MiB");
            }
        }
        return out.toByteArray();
    }

    private static int lineBytes(byte[] in, int from, int end) {
        int at = from;
        while (at < end && in[at] != '\n') at++;
        return Math.min(at + 1, end) - from;
    }

    private void line(ByteArrayOutputStream out) throws IOException {
        byte[] bytes = taken();
        String[] words = BETWEEN_WORDS.split(new String(bytes, StandardCharsets.ISO_8859_1).strip());
        switch (words[0]) {
            case "HMSG" -> {
                if (words.length < 5 || words.length > 6) throw new IOException("a line of another shape");
                line = words;
                headersLeft = length(words, 2);
                int contentBytes = length(words, 1) - headersLeft;
                if (contentBytes < 0) throw new IOException("headers that are longer than their message");
                if (headersLeft == 0) headers(out);
            }
            case "MSG" -> {
                out.writeBytes(bytes);
                passing = (long) length(words, 1) + END_BYTES;
            }
            default -> out.writeBytes(bytes);
        }
    }

    private void headers(ByteArrayOutputStream out) throws IOException {
        byte[] block = taken();
        List<String> words = new ArrayList<>(Arrays.asList(line));
        boolean isKept = line.length == 6 && line[3].startsWith(KEPT);
        byte[] checked = checked(block, isKept);
        int contentBytes = length(line, 1) - block.length;
        words.removeLast();
        words.removeLast();
        if (checked.length > 0) words.add(Integer.toString(checked.length));
        else words.set(0, "MSG");
        words.add(Integer.toString(checked.length + contentBytes));
        out.writeBytes((String.join(" ", words) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(checked);
        passing = (long) contentBytes + END_BYTES;
    }

    private byte[] taken() {
        byte[] all = held.toByteArray();
        held.reset();
        return all;
    }

    /// The last number, or the one before it.
    private static int length(String[] words, int fromEnd) throws IOException {
        try {
            int length = Integer.parseInt(words[words.length - fromEnd]);
            if (length >= 0) return length;
        } catch (NumberFormatException e) {
            throw new IOException("no length in a line of " + words.length + " words", e);
        }
        throw new IOException("a length below 0");
    }

    /// Nothing where no header is left.
    private static byte[] checked(byte[] block, boolean isKept) {
        try {
            IncomingHeadersProcessor read = new IncomingHeadersProcessor(block);
            if (!isKept || read.getStatus() == null) return block;
            return read.getHeaders() == null || read.getHeaders().isEmpty() ? NONE : withoutStatus(block);
        } catch (RuntimeException malformed) {
            return REPLACED;
        }
    }

    private static byte[] withoutStatus(byte[] block) {
        int end = 0;
        while (block[end] != '\r') end++;
        byte[] shorter = Arrays.copyOf(WITHOUT_STATUS, WITHOUT_STATUS.length + block.length - end);
        System.arraycopy(block, end, shorter, WITHOUT_STATUS.length, block.length - end);
        return shorter;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
