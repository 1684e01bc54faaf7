package io.hawser.internal.http.multipart;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.MultipartLimits;
import io.hawser.http.Part;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes a form apart while it comes in.
///
/// State: the window begins in the content of a part (or in what stands before the first) while `current` is
/// there;
/// the delimiter that ends it is `\r\n--boundary`, and a line end put before the whole body makes the first one
/// like the
/// others.
public final class PartParser {
    private static final String SOURCE = "RFC 7578, section 4";
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
    private static final int MAX_PREAMBLE_BYTES = 8 << 10;

    private final PieceWindow window;
    private final byte[] delimiter;
    private final MultipartLimits limits;
    private @Nullable Content current;
    private int parts;
    private boolean isOver;

    public PartParser(Body body, String boundary, MultipartLimits limits) {
        this.window = new PieceWindow(body, "\r\n");
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        this.limits = limits;
    }

    /// The next part, none after the last.
    public Optional<Part> next() {
        if (isOver) return Optional.empty();
        if (current == null) skip(new Content("preamble", MAX_PREAMBLE_BYTES));
        else skip(current);
        window.skip(delimiter.length);
        if (!window.fill(2)) throw tooShort();
        if (window.at(0) == '-' && window.at(1) == '-') {
            isOver = true;
            return Optional.empty();
        }
        if (++parts > limits.maxParts()) throw over("parts", limits.maxParts(), parts);
        Headers head = PartHead.parse(head());
        Content content = new Content("part", limits.maxPartBytes());
        current = content;
        return Optional.of(PartHead.part(head, content));
    }

    private static void skip(Content content) {
        while (!content.read().isEmpty()) {}
    }

    /// What is between the delimiter and the empty line, both line ends included: `\r\nName: value\r\n\r\n`.
    private String head() {
        skipPadding();
        int end = window.indexOf(HEAD_END);
        while (end < 0) {
            // Part of the end may be there already.
            int least = window.size() - HEAD_END.length + 1;
            if (least > limits.maxHeadBytes()) throw over("part head", limits.maxHeadBytes(), least);
            if (!window.more()) throw tooShort();
            end = window.indexOf(HEAD_END);
        }
        if (end > limits.maxHeadBytes()) throw over("part head", limits.maxHeadBytes(), end);
        return window.take(end + HEAD_END.length).toUtf8();
    }

    /// White space may stand behind a delimiter, for the sake of gateways that add it.
    private void skipPadding() {
        int skipped = 0;
        while (window.fill(1) && (window.at(0) == ' ' || window.at(0) == '\t')) {
            window.skip(1);
            if (++skipped > limits.maxHeadBytes()) throw over("part head", limits.maxHeadBytes(), skipped);
        }
        if (!window.fill(2)) throw tooShort();
        if (window.at(0) != '\r' || window.at(1) != '\n') {
            throw new ProtocolError(400, "a boundary is not at the end of its line", SOURCE);
        }
    }

    private static ProtocolError tooShort() {
        return new ProtocolError(400, "the form ends before its last boundary", SOURCE);
    }

    private static LimitExceeded over(String limit, long allowed, long seen) {
        return new LimitExceeded(limit, allowed, seen, Processed.MAYBE);
    }

    /// The bytes up to the next delimiter.
    private final class Content implements Body {
        private final String name;
        private final long maxBytes;
        private long seen;

        Content(String name, long maxBytes) {
            this.name = name;
            this.maxBytes = maxBytes;
        }

        @Override
        public Bytes read() {
            if (current != null && current != this) return Bytes.EMPTY;
            while (true) {
                int end = window.indexOf(delimiter);
                if (end == 0) return Bytes.EMPTY;
                int safe = end > 0 ? end : window.size() - delimiter.length + 1;
                if (safe > 0) {
                    seen += safe;
                    if (seen > maxBytes) throw over(name, maxBytes, seen);
                    return window.take(safe);
                }
                if (!window.more()) throw tooShort();
            }
        }
    }
}
