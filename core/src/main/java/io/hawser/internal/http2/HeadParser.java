package io.hawser.internal.http2;

import io.hawser.http.Headers;
import io.hawser.http.Method;
import io.hawser.http.Status;
import io.hawser.internal.http.Names;
import io.hawser.internal.http1.FieldNames;
import io.hawser.internal.http1.HeadLimits;
import io.hawser.internal.http1.HostField;
import io.hawser.internal.http1.Octets;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/// Makes of the fields of a header block the head of a request, or its trailers.
///
/// Strict as HTTP/1.1 is read here: whatever a reader behind us could understand differently makes a request
/// malformed, which ends its stream. `:authority` becomes `Host`, several cookie fields become one.
///
/// Thread: the event loop. Source: RFC 9113, sections 8.2 and 8.3; RFC 8441, section 4
final class HeadParser implements FieldSink {
    private static final String WEBSOCKET = "websocket";
    private static final int MAX_LENGTH_DIGITS = 18;

    private final HeadLimits limits;
    private final FieldPairs fields;
    private boolean isTrailer;
    private boolean hasRegular;
    private @Nullable String malformed;
    private int refusal;

    private @Nullable String method;
    private @Nullable String scheme;
    private @Nullable String authority;
    private @Nullable String path;
    private @Nullable String protocol;
    private @Nullable String host;
    private int cookieAt;
    private long contentLength;
    private boolean expectsContinue;

    HeadParser(HeadLimits limits) {
        this.limits = limits;
        this.fields = new FieldPairs(limits.maxFields());
    }

    /// The next fields are those of a head.
    void beginHead() {
        begin(false);
        fields.begin(1); // the Host comes first, wherever it is said
    }

    /// The next fields are those behind a body.
    void beginTrailer() {
        begin(true);
        fields.begin(0);
    }

    private void begin(boolean trailer) {
        isTrailer = trailer;
        hasRegular = false;
        malformed = null;
        refusal = 0;
        method = null;
        scheme = null;
        authority = null;
        path = null;
        protocol = null;
        host = null;
        cookieAt = -1;
        contentLength = -1;
        expectsContinue = false;
    }

    @Override
    public void field(AsciiString name, AsciiString value) {
        if (malformed != null) return;
        if (name.isEmpty()) malformed("a field without a name");
        else if (name.byteAt(0) == ':') pseudo(name.toString(), value);
        else regular(name, value);
    }

    private void pseudo(String name, AsciiString value) {
        if (isTrailer || hasRegular) {
            malformed("a pseudo field behind others");
            return;
        }
        boolean isSecond = switch (name) {
            case ":method" -> method != null;
            case ":scheme" -> scheme != null;
            case ":authority" -> authority != null;
            case ":path" -> path != null;
            case ":protocol" -> protocol != null;
            default -> true;
        };
        if (isSecond || !isValue(value)) {
            malformed("unknown, repeated or malformed " + name);
            return;
        }
        String text = value.toString();
        switch (name) {
            case ":method" -> method = text;
            case ":scheme" -> scheme = text;
            case ":authority" -> authority = text;
            case ":path" -> path = text;
            default -> protocol = text;
        }
    }

    private void regular(AsciiString name, AsciiString value) {
        hasRegular = true;
        byte[] octets = name.array();
        int from = name.arrayOffset();
        int to = from + name.length();
        for (int i = from; i < to; i++) {
            if (!Octets.isToken(octets[i]) || (octets[i] >= 'A' && octets[i] <= 'Z')) {
                malformed("octet " + (octets[i] & 0xFF) + " in a field name");
                return;
            }
        }
        if (!isValue(value)) {
            malformed("a value of " + name + " that is none");
            return;
        }
        String known = FieldNames.of(octets, from, to);
        switch (known) {
            case Names.CONNECTION, "Proxy-Connection", Names.KEEP_ALIVE, Names.TRANSFER_ENCODING, Names.UPGRADE ->
                malformed("a field of HTTP/1.1: " + name);
            case Names.TE -> {
                if (!value.contentEqualsIgnoreCase("trailers")) malformed("TE: " + value);
                else fields.add(known, value.toString());
            }
            case Names.HOST -> {
                if (host != null || isTrailer) malformed("two hosts");
                host = value.toString();
            }
            case Names.CONTENT_LENGTH -> contentLength(value.toString());
            case Names.COOKIE -> cookie(value.toString());
            case Names.EXPECT -> {
                if (value.contentEqualsIgnoreCase("100-continue")) expectsContinue = true;
                else refusal = Status.EXPECTATION_FAILED;
                fields.add(known, value.toString());
            }
            default -> fields.add(known, value.toString());
        }
    }

    static boolean isValue(AsciiString value) {
        byte[] octets = value.array();
        int from = value.arrayOffset();
        int to = from + value.length();
        for (int i = from; i < to; i++) {
            if (!Octets.isValue(octets[i])) return false;
        }
        return from == to || !(isBlank(octets[from]) || isBlank(octets[to - 1]));
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private void contentLength(String value) {
        if (contentLength >= 0 || isTrailer || value.isEmpty() || value.length() > MAX_LENGTH_DIGITS) {
            malformed("Content-Length: " + value);
            return;
        }
        long number = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                malformed("Content-Length: " + value);
                return;
            }
            number = number * 10 + digit;
        }
        contentLength = number;
        fields.add(Names.CONTENT_LENGTH, value);
    }

    private void cookie(String value) {
        if (cookieAt < 0) {
            cookieAt = fields.add(Names.COOKIE, value);
        } else {
            fields.put(cookieAt, Names.COOKIE, fields.value(cookieAt) + "; " + value);
        }
    }

    private void malformed(String why) {
        malformed = why;
    }

    /// Judges the head as a whole.
    void endHead() {
        if (malformed != null) return;
        boolean isConnect = "CONNECT".equals(method);
        if (method == null || !isToken(method)) malformed(":method is missing or none");
        else if (isConnect && protocol == null) plainConnect();
        else if (!isConnect && protocol != null) malformed(":protocol without CONNECT");
        else if (scheme == null || scheme.isEmpty()) malformed("no :scheme");
        else if (path == null || !isPath(path)) malformed(":path is missing or none");
        else host();
    }

    private void plainConnect() {
        if (scheme != null || path != null || authority == null) malformed("CONNECT with more than its authority");
        else refusal = Status.NOT_IMPLEMENTED;
    }

    private void host() {
        String said = authority == null ? host : authority;
        if (said == null || !HostField.isValid(said)) malformed("no host, or one that is none");
        else if (host != null && !host.equalsIgnoreCase(said)) malformed("two hosts");
        else if (path != null && path.length() > limits.maxLineBytes()) refusal = Status.URI_TOO_LONG;
        else if (protocol != null) upgrade(protocol);
        fields.put(0, Names.HOST, said == null ? "" : said);
    }

    private void upgrade(String to) {
        if (!to.equals(WEBSOCKET)) refusal = Status.NOT_IMPLEMENTED;
        else if (fields.add(Names.UPGRADE, to) < 0) refusal = Status.REQUEST_HEADER_FIELDS_TOO_LARGE;
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7F || !Octets.isToken((byte) c)) return false;
        }
        return !text.isEmpty();
    }

    private boolean isPath(String text) {
        if (text.equals("*")) return "OPTIONS".equals(method);
        if (text.isEmpty() || text.charAt(0) != '/') return false;
        for (int i = 0; i < text.length(); i++) {
            if (!Octets.isTarget((byte) text.charAt(i))) return false;
        }
        return true;
    }

    /// What is wrong with it, null if nothing is.
    @Nullable
    String whyMalformed() {
        return malformed;
    }

    /// Whether there were more fields than the limits allow.
    @Override
    public boolean hasTooMany() {
        return fields.hasTooMany();
    }

    /// The status to refuse it with, 0 if there is no reason to.
    int refusal() {
        return refusal;
    }

    /// What handlers see: a request for a tunnel looks as an upgrade of HTTP/1.1 does.
    Method method() {
        return protocol == null ? Method.of(String.valueOf(method)) : Method.GET;
    }

    boolean isToHead() {
        return "HEAD".equals(method);
    }

    String path() {
        return String.valueOf(path);
    }

    /// Whether the stream itself is asked for, by an extended CONNECT.
    boolean isForTunnel() {
        return protocol != null;
    }

    /// Below zero if it is not said.
    long contentLength() {
        return contentLength;
    }

    boolean expectsContinue() {
        return expectsContinue;
    }

    /// The fields, once.
    Headers takeHeaders() {
        return fields.take();
    }
}
