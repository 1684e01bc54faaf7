package io.hawser.internal.http2;

import io.hawser.http.Headers;
import io.hawser.internal.http.Names;
import io.hawser.internal.http1.FieldNames;
import io.hawser.internal.http1.HeadLimits;
import io.hawser.internal.http1.Octets;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/// Makes of the fields of a header block the head of an answer, or its trailers.
///
/// Thread: the event loop. Source: RFC 9113, sections 8.2 and 8.3.2
final class AnswerFields implements FieldSink {
    private static final int MAX_LENGTH_DIGITS = 18;

    private final FieldPairs fields;
    private boolean isTrailer;
    private int status;
    private long contentLength;
    private @Nullable String malformed;

    AnswerFields(HeadLimits limits) {
        this.fields = new FieldPairs(limits.maxFields());
    }

    void begin(boolean trailer) {
        isTrailer = trailer;
        fields.begin(0);
        status = 0;
        contentLength = -1;
        malformed = null;
    }

    @Override
    public void field(AsciiString name, AsciiString value) {
        if (malformed != null) return;
        if (name.isEmpty() || !HeadParser.isValue(value)) malformed = "a field without a name, or a value that is none";
        else if (name.byteAt(0) == ':') status(name, value);
        else regular(name, value);
    }

    private void status(AsciiString name, AsciiString value) {
        boolean isStatus = !isTrailer
                && status == 0
                && fields.isEmpty()
                && name.contentEquals(":status")
                && value.length() == 3
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (isStatus) status = value.parseInt();
        if (!isStatus || status < 100) malformed = "bad " + name;
    }

    private void regular(AsciiString name, AsciiString value) {
        byte[] octets = name.array();
        int from = name.arrayOffset();
        int to = from + name.length();
        for (int i = from; i < to; i++) {
            if (!Octets.isToken(octets[i]) || (octets[i] >= 'A' && octets[i] <= 'Z')) {
                malformed = "octet " + (octets[i] & 0xFF) + " in a field name";
                return;
            }
        }
        String known = FieldNames.of(octets, from, to);
        switch (known) {
            case Names.CONNECTION, "Proxy-Connection", Names.KEEP_ALIVE, Names.TRANSFER_ENCODING, Names.UPGRADE ->
                malformed = "a field of HTTP/1.1: " + name;
            case Names.CONTENT_LENGTH -> {
                contentLength(value.toString());
                fields.add(known, value.toString());
            }
            default -> fields.add(known, value.toString());
        }
    }

    private void contentLength(String value) {
        boolean isNumber = !value.isEmpty()
                && value.length() <= MAX_LENGTH_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber || contentLength >= 0 || isTrailer) malformed = "Content-Length: " + value;
        else contentLength = Long.parseLong(value);
    }

    @Override
    public boolean hasTooMany() {
        return fields.hasTooMany();
    }

    /// What is wrong with it, null if nothing is.
    @Nullable
    String whyMalformed() {
        return malformed == null && !isTrailer && status == 0 ? "no :status" : malformed;
    }

    int status() {
        return status;
    }

    /// Below zero if it is not said.
    long contentLength() {
        return contentLength;
    }

    /// The fields, once.
    Headers takeHeaders() {
        return fields.take();
    }
}
