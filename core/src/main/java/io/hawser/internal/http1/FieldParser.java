package io.hawser.internal.http1;

import io.hawser.http.Headers;
import io.hawser.internal.http.HttpParts;
import java.util.Arrays;

/// Reads field lines, those of a head and those of a trailer, one whole line at a time.
///
/// Strict where leniency has let two readers of one message disagree: a line ends in CR LF and nothing
/// else, a name is a token with its colon right behind it, and no line continues another.
///
/// Source: RFC 9112, section 5
final class FieldParser {
    static final int INCOMPLETE = -1;
    private static final int USUAL_STRINGS = 16;
    private static final String[] NONE = {};

    private final HeadLimits limits;
    /// Made with the first field: most connections are idle, and most bodies have no trailers.
    private String[] pairs = NONE;

    private int expected = USUAL_STRINGS;
    private int length;
    private int bytes;
    private boolean ended;

    FieldParser(HeadLimits limits) {
        this.limits = limits;
    }

    /// Forgets what was read, `before` bytes of the limit being used up already.
    void begin(int before) {
        length = 0;
        bytes = before;
        ended = false;
    }

    /// Reads the line that begins at `start`.
    ///
    /// @return the index behind its end, or [#INCOMPLETE] if the end is not there yet
    int line(byte[] in, int start, int limit) {
        int next = in[start] == Octets.CR ? emptyLine(in, start, limit) : field(in, start, limit);
        int seen = bytes + (next == INCOMPLETE ? limit : next) - start;
        if (seen > limits.maxHeadBytes()) {
            throw tooLong();
        }
        if (next != INCOMPLETE) bytes = seen;
        return next;
    }

    private RuntimeException tooLong() {
        return BadHttp.fieldsTooLarge("head of over " + limits.maxHeadBytes() + " bytes");
    }

    private int emptyLine(byte[] in, int start, int limit) {
        if (start + 1 == limit) return INCOMPLETE;
        if (in[start + 1] != Octets.LF) throw BadHttp.field("CR without LF");
        ended = true;
        return start + 2;
    }

    private int field(byte[] in, int start, int limit) {
        int at = start;
        while (at < limit && Octets.isToken(in[at])) at++;
        if (at == limit) return INCOMPLETE;
        if (in[at] != ':' || at == start) {
            throw bytes + at - start > limits.maxHeadBytes() ? tooLong() : notAName(in, start, at);
        }
        int nameEnd = at++;
        while (at < limit && isBlank(in[at])) at++;
        int valueStart = at;
        while (at < limit && Octets.isValue(in[at])) at++;
        if (at == limit) return INCOMPLETE;
        if (in[at] != Octets.CR) throw BadHttp.field("octet " + (in[at] & 0xFF) + " in a field value");
        if (at + 1 == limit) return INCOMPLETE;
        if (in[at + 1] != Octets.LF) throw BadHttp.field("CR in a field value");
        int valueEnd = at;
        while (valueEnd > valueStart && isBlank(in[valueEnd - 1])) valueEnd--;
        add(FieldNames.of(in, start, nameEnd), Octets.text(in, valueStart, valueEnd));
        return at + 2;
    }

    private static RuntimeException notAName(byte[] in, int start, int at) {
        if (at == start && isBlank(in[at])) return BadHttp.field("a line that continues another");
        if (at == start && in[at] == ':') return BadHttp.field("a field without a name");
        return BadHttp.field("octet " + (in[at] & 0xFF) + " in a field name");
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private void add(String name, String value) {
        if (length == 2 * limits.maxFields()) {
            throw BadHttp.fieldsTooLarge("more than " + limits.maxFields() + " fields");
        }
        if (length == pairs.length) pairs = Arrays.copyOf(pairs, Math.max(expected, 2 * length));
        pairs[length++] = name;
        pairs[length++] = value;
    }

    /// Whether the empty line has been read.
    boolean hasEnded() {
        return ended;
    }

    String lastName() {
        return pairs[length - 2];
    }

    String lastValue() {
        return pairs[length - 1];
    }

    /// What was read, once.
    Headers take() {
        if (length == 0) return Headers.EMPTY;
        Headers headers = HttpParts.trusted().headers(pairs, length);
        expected = Math.max(USUAL_STRINGS, length);
        pairs = NONE;
        length = 0;
        return headers;
    }
}
