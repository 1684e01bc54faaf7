package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.http.Body;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Reads a body to its end.
public final class WholeBody {
    private WholeBody() {}

    public static Bytes read(Body body, long maxBytes) {
        try (body) {
            OptionalLong length = body.length();
            if (length.isPresent()) check(length.getAsLong(), maxBytes);
            Bytes first = body.read();
            if (first.isEmpty()) return first;
            check(first.size(), maxBytes);
            Bytes piece = body.read();
            if (piece.isEmpty()) return first;
            List<Bytes> pieces = new ArrayList<>();
            pieces.add(first);
            long total = first.size();
            for (; !piece.isEmpty(); piece = body.read()) {
                total += piece.size();
                check(total, maxBytes);
                pieces.add(piece);
            }
            return Bytes.concat(pieces.toArray(Bytes[]::new));
        }
    }

    public static String text(Body body, long maxBytes) {
        Charset charset = body.contentType().map(WholeBody::charset).orElse(StandardCharsets.UTF_8);
        Bytes whole = body.bytes(maxBytes);
        return charset.equals(StandardCharsets.UTF_8) ? whole.toUtf8() : new String(whole.toArray(), charset);
    }

    /// The parameter `charset` of a media type, UTF-8 without one.
    static Charset charset(String contentType) {
        List<String> parts = new ArrayList<>();
        FieldLists.split(contentType, ';', parts);
        for (String part : parts) {
            if (!part.regionMatches(true, 0, "charset=", 0, 8)) continue;
            String name = FieldLists.unquote(part.substring(8));
            try {
                return Charset.forName(name);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                throw new ProtocolError(415, "charset " + name + " is not known", "RFC 9110, section 8.3.2");
            }
        }
        return StandardCharsets.UTF_8;
    }

    static void check(long size, long maxBytes) {
        if (size > maxBytes) throw new LimitExceeded("body", maxBytes, size, Processed.MAYBE);
    }
}
