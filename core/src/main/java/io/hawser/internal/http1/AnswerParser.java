package io.hawser.internal.http1;

import io.hawser.ProtocolError;
import io.hawser.http.Status;

/// Reads the heads of the answers on one connection, one after another.
///
/// As strict as [RequestParser], with one exception that servers in use need: the space before an empty
/// reason may be missing.
///
/// Source: RFC 9112, sections 4 to 6
final class AnswerParser extends HeadParser {
    private static final int CODE_AT = "HTTP/1.1 ".length();
    private static final int CODE_END = CODE_AT + 3;
    private static final String SOURCE = "RFC 9112, section 4";

    private boolean isToHead;
    private boolean isInFields;
    private boolean isComplete;
    private int status;
    private boolean isHttp11;

    AnswerParser(HeadLimits limits) {
        super(limits);
    }

    /// Whether the next answer is one to a HEAD, and so has no body.
    void toHead(boolean is) {
        isToHead = is;
    }

    /// @throws ProtocolError for what is not an answer
    @Override
    int parse(byte[] in, int start, int limit) {
        int at = start;
        isComplete = false;
        while (at < limit && !isComplete) {
            int next = isInFields ? fieldLine(in, at, limit) : statusLine(in, at, limit);
            if (next == FieldParser.INCOMPLETE) return at;
            at = next;
        }
        return at;
    }

    private int fieldLine(byte[] in, int start, int limit) {
        int next = fields.line(in, start, limit);
        if (next == FieldParser.INCOMPLETE) return next;
        if (fields.hasEnded()) {
            framing.endOfAnswer(isHttp11, isToHead || Status.isBodiless(status));
            isInFields = false;
            isComplete = true;
        } else {
            framing.answerField(fields.lastName(), fields.lastValue());
        }
        return next;
    }

    private int statusLine(byte[] in, int start, int limit) {
        int fixed = Math.min(limit - start, CODE_END);
        for (int i = 0; i < fixed; i++) {
            if (!fits(in[start + i], i)) throw new ProtocolError(0, "no status line of HTTP/1", SOURCE);
        }
        int at = start + CODE_END;
        while (at < limit && Octets.isValue(in[at])) at++;
        if (at - start > limits.maxLineBytes()) {
            throw new ProtocolError(0, "status line of over " + limits.maxLineBytes() + " bytes", SOURCE);
        }
        if (at >= limit) return FieldParser.INCOMPLETE;
        if (in[at] != Octets.CR) throw new ProtocolError(0, "octet " + (in[at] & 0xFF) + " in a status line", SOURCE);
        if (at > start + CODE_END && in[start + CODE_END] != ' ') {
            throw new ProtocolError(0, "a status of more than three digits", SOURCE);
        }
        if (at + 1 == limit) return FieldParser.INCOMPLETE;
        if (in[at + 1] != Octets.LF) throw new ProtocolError(0, "CR without LF in a status line", SOURCE);
        int code = start + CODE_AT;
        status = (in[code] - '0') * 100 + (in[code + 1] - '0') * 10 + in[code + 2] - '0';
        if (status < 100) throw new ProtocolError(0, "status " + status, SOURCE);
        isHttp11 = in[start + 7] != '0';
        fields.begin(at + 2 - start);
        framing.begin();
        isInFields = true;
        return at + 2;
    }

    private static boolean fits(byte octet, int index) {
        return switch (index) {
            case 0 -> octet == 'H';
            case 1, 2 -> octet == 'T';
            case 3 -> octet == 'P';
            case 4 -> octet == '/';
            case 5 -> octet == '1';
            case 6 -> octet == '.';
            case 8 -> octet == ' ';
            default -> octet >= '0' && octet <= '9';
        };
    }

    @Override
    boolean isComplete() {
        return isComplete;
    }

    int status() {
        return status;
    }
}
