package io.hawser.internal.http1;

import io.hawser.ProtocolError;
import io.hawser.http.Method;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the heads of the requests of one connection, one after another.
///
/// A line is taken when its end is there, so an unfinished one is read again from its beginning. Between
/// two heads one empty line is passed over (RFC 9112, section 2.2), because some clients end a body with
/// one.
///
/// Source: RFC 9112, sections 2, 3 and 5
final class RequestParser extends HeadParser {
    private enum State {
        REQUEST_LINE,
        FIELDS,
        COMPLETE
    }

    private static final byte[] VERSION = "HTTP/".getBytes(StandardCharsets.ISO_8859_1);
    private static final int VERSION_BYTES = 8;

    private State state = State.REQUEST_LINE;
    private boolean skippedEmptyLine;
    private @Nullable Method method;
    private String target = "";
    private boolean isHttp11;

    RequestParser(HeadLimits limits) {
        super(limits);
    }

    /// @throws ProtocolError for what is not a request; its code is the status to answer with
    @Override
    int parse(byte[] in, int start, int limit) {
        int at = start;
        if (state == State.COMPLETE) {
            state = State.REQUEST_LINE;
            skippedEmptyLine = false;
        }
        while (at < limit && state != State.COMPLETE) {
            int next = state == State.REQUEST_LINE ? requestLine(in, at, limit) : fieldLine(in, at, limit);
            if (next == FieldParser.INCOMPLETE) return at;
            at = next;
        }
        return at;
    }

    private int fieldLine(byte[] in, int start, int limit) {
        int next = fields.line(in, start, limit);
        if (next == FieldParser.INCOMPLETE) return next;
        if (fields.hasEnded()) {
            framing.end(isHttp11);
            state = State.COMPLETE;
        } else {
            framing.field(fields.lastName(), fields.lastValue());
        }
        return next;
    }

    private int requestLine(byte[] in, int start, int limit) {
        if (in[start] == Octets.CR) return emptyLine(in, start, limit);
        int at = start;
        int maxEnd = start + limits.maxLineBytes();
        while (at < limit && Octets.isToken(in[at])) at++;
        if (at == limit) return incomplete(at, maxEnd);
        if (in[at] != ' ' || at == start) throw BadHttp.request("bad method");
        int methodEnd = at++;
        while (at < limit && Octets.isTarget(in[at])) at++;
        if (at == limit) return incomplete(at, maxEnd);
        if (in[at] != ' ' || at == methodEnd + 1) throw BadHttp.request("bad request target");
        int targetEnd = at++;
        if (targetEnd > maxEnd) throw BadHttp.lineTooLong(limits.maxLineBytes());
        int end = version(in, at, limit);
        if (end == FieldParser.INCOMPLETE) return incomplete(limit, maxEnd + 2);
        if (end - 2 > maxEnd) throw BadHttp.lineTooLong(limits.maxLineBytes());
        Method parsed = method(in, start, methodEnd);
        method = parsed;
        target = RequestTarget.checked(parsed, Octets.text(in, methodEnd + 1, targetEnd));
        fields.begin(end - start);
        framing.begin();
        state = State.FIELDS;
        return end;
    }

    private int emptyLine(byte[] in, int start, int limit) {
        if (skippedEmptyLine) throw BadHttp.request("empty lines in place of a request");
        if (start + 1 == limit) return FieldParser.INCOMPLETE;
        if (in[start + 1] != Octets.LF) throw BadHttp.request("CR without LF");
        skippedEmptyLine = true;
        return start + 2;
    }

    private int incomplete(int seen, int maxEnd) {
        if (seen > maxEnd) throw BadHttp.lineTooLong(limits.maxLineBytes());
        return FieldParser.INCOMPLETE;
    }

    /// Reads version and end of line.
    private int version(byte[] in, int start, int limit) {
        int known = Math.min(limit - start, VERSION_BYTES + 2);
        for (int i = 0; i < known; i++) {
            byte octet = in[start + i];
            boolean fits = switch (i) {
                case 5, 7 -> octet >= '0' && octet <= '9';
                case 6 -> octet == '.';
                case 8 -> octet == Octets.CR;
                case 9 -> octet == Octets.LF;
                default -> octet == VERSION[i];
            };
            if (!fits) throw BadHttp.request("bad version");
        }
        if (known < VERSION_BYTES + 2) return FieldParser.INCOMPLETE;
        if (in[start + 5] != '1') throw new ProtocolError(505, "not HTTP/1", "RFC 9110, section 15.6.6");
        isHttp11 = in[start + 7] != '0';
        return start + known;
    }

    private static Method method(byte[] in, int start, int end) {
        int length = end - start;
        if (length == 3 && in[start] == 'G' && in[start + 1] == 'E' && in[start + 2] == 'T') return Method.GET;
        return Method.of(Octets.text(in, start, end));
    }

    @Override
    boolean isComplete() {
        return state == State.COMPLETE;
    }

    Method method() {
        Method read = method;
        if (read == null) throw new IllegalStateException("no request line yet");
        return read;
    }

    String target() {
        return target;
    }

    boolean isHttp11() {
        return isHttp11;
    }
}
