package io.hawser.tcp;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

final class LineFraming implements Framing<String> {
    private final int maxLineBytes;

    LineFraming(int maxLineBytes) {
        if (maxLineBytes < 0 || maxLineBytes > Integer.MAX_VALUE - 2) {
            throw new IllegalArgumentException("maxLineBytes " + maxLineBytes + ": from 0 to 2147483645");
        }
        this.maxLineBytes = maxLineBytes;
    }

    @Override
    public int decode(ByteBuffer input, int seen, Consumer<? super String> output) {
        int start = input.position();
        for (int at = start + seen; at < input.limit(); at++) {
            if (input.get(at) == '\n') {
                int end = at > start && input.get(at - 1) == '\r' ? at - 1 : at;
                check(end - start);
                output.accept(decoded(input.slice(start, end - start)));
                return at + 1 - start;
            }
        }
        boolean perhapsEnding = input.get(input.limit() - 1) == '\r';
        check(input.remaining() - (perhapsEnding ? 1 : 0));
        return 0;
    }

    private static String decoded(ByteBuffer line) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolError(0, "line is not UTF-8 at byte " + line.position(), "RFC 3629, section 3");
        }
    }

    private void check(int bytes) {
        if (bytes > maxLineBytes) throw new LimitExceeded("maxLineBytes", maxLineBytes, bytes, Processed.NO);
    }

    @Override
    public int encodedSize(String line) {
        if (line.indexOf('\n') >= 0) throw new IllegalArgumentException("line holds a line feed");
        if (line.endsWith("\r")) throw new IllegalArgumentException("line ends in a carriage return, which is lost");
        int bytes = utf8Size(line);
        check(bytes);
        return bytes + 1;
    }

    @Override
    public void encode(String line, ByteBuffer output) {
        Bytes.ofUtf8(line).copyTo(output);
        output.put((byte) '\n');
    }

    private static int utf8Size(String text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) size++;
            else if (c < 0x800) size += 2;
            else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                size += 4;
                i++;
            } else if (Character.isSurrogate(c)) size++;
            else size += 3;
        }
        return size;
    }
}
