package io.hawser.internal.http1;

import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.ReturnPath;
import java.nio.charset.StandardCharsets;

/// Writes the heads of answers and of requests.
///
/// Source: RFC 9112, sections 4 and 6
final class HeadWriter {
    private static final byte[][] STATUS_LINES = new byte[600][];
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] UPGRADE = ascii("Connection: upgrade\r\n");
    private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
    private static final byte[] HOST = ascii("Host: ");
    private static final byte[] END = ascii("\r\n");
    static final int MOST_BESIDE_FIELDS = 160;

    static {
        for (int status = 100; status < STATUS_LINES.length; status++) STATUS_LINES[status] = statusLine(status);
    }

    private HeadWriter() {}

    /// What a head says of the connection.
    enum Fate {
        /// Nothing, which in HTTP/1.1 means that it goes on.
        GOES_ON,
        KEEP_ALIVE,
        CLOSE,
        UPGRADE
    }

    /// How the body is framed, where a head says so.
    static final long NO_LENGTH = ReturnPath.UNKNOWN_LENGTH;

    static final long CHUNKED_LENGTH = -2;

    static int sizeAtMost(EncodedFields fields) {
        return MOST_BESIDE_FIELDS + fields.size();
    }

    /// Writes a whole head into `to`, which has room for [#sizeAtMost].
    ///
    /// @param length of the body, or [#CHUNKED_LENGTH], or [#NO_LENGTH] to say nothing
    /// @return the index behind it
    static int write(Response response, EncodedFields fields, long length, Fate fate, byte[] to, int from) {
        int status = response.status();
        int at = Octets.put(status < STATUS_LINES.length ? STATUS_LINES[status] : statusLine(status), to, from);
        if (!fields.hasDate()) at = Octets.put(DateLine.now(), to, at);
        at = fields.put(to, at);
        at = putLength(length, to, at);
        at = switch (fate) {
            case GOES_ON -> at;
            case KEEP_ALIVE -> Octets.put(KEEP_ALIVE, to, at);
            case CLOSE -> Octets.put(CLOSE, to, at);
            case UPGRADE -> Octets.put(UPGRADE, to, at);
        };
        return Octets.put(END, to, at);
    }

    /// Writes a whole head into `to`, which has room for [Ask#headSizeAtMost()].
    ///
    /// @return the index behind it
    static int write(Ask ask, byte[] to, int from) {
        int at = Octets.put(ask.method(), to, from);
        to[at++] = ' ';
        at = Octets.put(ask.target(), to, at);
        at = Octets.put(VERSION, to, at);
        if (!ask.fields().hasHost()) {
            at = Octets.put(HOST, to, at);
            at = Octets.put(ask.authority(), to, at);
            at = Octets.put(END, to, at);
        }
        at = ask.fields().put(to, at);
        at = putLength(ask.length(), to, at);
        if (ask.call().wantsUpgrade()) at = Octets.put(UPGRADE, to, at);
        else if (ask.fields().close()) at = Octets.put(CLOSE, to, at);
        return Octets.put(END, to, at);
    }

    private static int putLength(long length, byte[] to, int from) {
        if (length == CHUNKED_LENGTH) return Octets.put(CHUNKED, to, from);
        if (length < 0) return from;
        int at = Octets.put(CONTENT_LENGTH, to, from);
        at = Octets.putDecimal(length, to, at);
        return Octets.put(END, to, at);
    }

    private static byte[] statusLine(int status) {
        return ascii("HTTP/1.1 " + status + " " + Status.phrase(status) + "\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
