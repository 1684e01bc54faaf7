package io.hawser.internal.http;

import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.http.Headers;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The head of a server's answer, before the connection is no longer HTTP.
///
/// Source: RFC 9112, sections 2 to 5
public record ResponseHead(int status, Headers headers) {
    private static final int BAD_GATEWAY = 502;
    private static final int MAX_BYTES = 16 << 10;
    private static final String SOURCE = "RFC 9112, section 4";
    private static final int STATUS_LINE_LEAST = "HTTP/1.1 200".length();

    /// Reads a head, once it is all there, and moves the reader index behind it.
    ///
    /// @throws ProtocolError if it is malformed
    /// @throws LimitExceeded if it is longer than 16 KiB
    public static @Nullable ResponseHead read(ByteBuf in) {
        int size = size(in);
        if (size == 0) {
            if (in.readableBytes() > MAX_BYTES) {
                throw new LimitExceeded("head of an answer", MAX_BYTES, in.readableBytes(), Processed.NO);
            }
            return null;
        }
        String[] lines = in.readCharSequence(size, StandardCharsets.ISO_8859_1)
                .toString()
                .split("\r\n", 0);
        Headers.Builder headers = Headers.builder();
        for (int i = 1; i < lines.length; i++) field(lines[i], headers);
        return new ResponseHead(status(lines[0]), headers.build());
    }

    /// How many bytes the head has with its empty line, 0 while that is not there.
    private static int size(ByteBuf in) {
        int from = in.readerIndex();
        int to = Math.min(in.writerIndex(), from + MAX_BYTES);
        for (int at = in.indexOf(from, to, (byte) '\n'); at >= 0; at = in.indexOf(at + 1, to, (byte) '\n')) {
            if (at - from >= 3
                    && in.getByte(at - 1) == '\r'
                    && in.getByte(at - 2) == '\n'
                    && in.getByte(at - 3) == '\r') return at + 1 - from;
        }
        return 0;
    }

    private static int status(String line) {
        boolean isStatus = line.length() >= STATUS_LINE_LEAST
                && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
                && (line.length() == STATUS_LINE_LEAST || line.charAt(STATUS_LINE_LEAST) == ' ')
                && line.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isStatus) throw new ProtocolError(BAD_GATEWAY, "no status line", SOURCE);
        return Integer.parseInt(line.substring(9, 12));
    }

    private static void field(String line, Headers.Builder headers) {
        int colon = line.indexOf(':');
        try {
            headers.add(line.substring(0, Math.max(0, colon)), line.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            throw new ProtocolError(BAD_GATEWAY, "a malformed field: " + e.getMessage(), SOURCE);
        }
    }

    public boolean isInterim() {
        return status >= 100 && status < 200 && status != 101;
    }
}
