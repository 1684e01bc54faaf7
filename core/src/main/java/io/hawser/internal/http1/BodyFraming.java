package io.hawser.internal.http1;

import io.hawser.ProtocolError;
import io.hawser.internal.http.Names;
import org.jspecify.annotations.Nullable;

/// What the fields of a head say of the body behind it, and of the connection after it.
///
/// Whatever two readers could understand differently is refused: both lengths and codings, two lengths, a
/// length that is no plain number, `chunked` anywhere but once and last, codings in HTTP/1.0.
///
/// Source: RFC 9112, sections 6, 7 and 9.3; RFC 9110, sections 7.2, 8.6 and 10.1.1
final class BodyFraming {
    static final long NOT_SAID = -1;
    private static final int MAX_LENGTH_DIGITS = 18;

    private @Nullable String host;
    private long contentLength;
    private boolean hasCodings;
    private boolean chunked;
    private boolean unknownCoding;
    private boolean close;
    private boolean keepAlive;
    private boolean expectsContinue;
    private boolean untilClose;
    private long keepAliveSeconds;

    void begin() {
        host = null;
        contentLength = -1;
        hasCodings = false;
        chunked = false;
        unknownCoding = false;
        close = false;
        keepAlive = false;
        expectsContinue = false;
        untilClose = false;
        keepAliveSeconds = NOT_SAID;
    }

    /// A field of a request.
    void field(String name, String value) {
        switch (name) {
            case Names.HOST -> host(value);
            case Names.CONTENT_LENGTH -> contentLength(value);
            case Names.TRANSFER_ENCODING -> codings(value);
            case Names.CONNECTION -> connection(value);
            case Names.EXPECT -> expect(value);
            default -> {
                // says nothing of either
            }
        }
    }

    /// A field of an answer.
    void answerField(String name, String value) {
        switch (name) {
            case Names.CONTENT_LENGTH -> contentLength(value);
            case Names.TRANSFER_ENCODING -> codings(value);
            case Names.CONNECTION -> connection(value);
            case Names.KEEP_ALIVE -> keepAliveSeconds = keepAliveTimeout(value);
            default -> {
                // says nothing of either
            }
        }
    }

    /// The parameter `timeout`, if it is one: it is a hint, so a malformed one is none.
    private static long keepAliveTimeout(String value) {
        for (String parameter : value.split(",", -1)) {
            String text = parameter.strip();
            if (!text.regionMatches(true, 0, "timeout=", 0, 8)) continue;
            String digits = text.substring(8).strip();
            boolean isNumber =
                    !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            if (isNumber) return Long.parseLong(digits);
        }
        return NOT_SAID;
    }

    private void host(String value) {
        if (host != null) throw BadHttp.request("two Hosts");
        if (!HostField.isValid(value)) throw BadHttp.request("a Host that is none");
        host = value;
    }

    private void contentLength(String value) {
        if (contentLength >= 0) throw BadHttp.framing("two values of Content-Length");
        if (value.isEmpty() || value.length() > MAX_LENGTH_DIGITS) throw BadHttp.framing("bad Content-Length");
        long length = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) throw BadHttp.framing("bad Content-Length");
            length = length * 10 + digit;
        }
        contentLength = length;
    }

    private void codings(String value) {
        hasCodings = true;
        int from = 0;
        while (from <= value.length()) {
            int comma = value.indexOf(',', from);
            int to = comma < 0 ? value.length() : comma;
            String coding = value.substring(from, to).strip();
            if (!Octets.isToken(coding) && !isWithParameters(coding)) throw BadHttp.framing("bad Transfer-Encoding");
            if (chunked) throw BadHttp.framing("a transfer coding behind chunked");
            if (coding.equalsIgnoreCase("chunked")) chunked = true;
            else if (coding.regionMatches(true, 0, "chunked", 0, 7)) throw BadHttp.framing("bad Transfer-Encoding");
            else unknownCoding = true;
            from = to + 1;
        }
    }

    private static boolean isWithParameters(String coding) {
        int semicolon = coding.indexOf(';');
        return semicolon > 0 && Octets.isToken(coding.substring(0, semicolon).strip());
    }

    private void connection(String value) {
        if (value.equalsIgnoreCase("keep-alive")) {
            keepAlive = true;
            return;
        }
        for (String option : value.split(",", -1)) {
            if (option.strip().equalsIgnoreCase("close")) close = true;
            else if (option.strip().equalsIgnoreCase("keep-alive")) keepAlive = true;
        }
    }

    private void expect(String value) {
        if (!value.equalsIgnoreCase("100-continue")) {
            throw new ProtocolError(417, "unknown expectation", "RFC 9110, section 10.1.1");
        }
        expectsContinue = true;
    }

    /// The head of a request is complete: judges what it said in all.
    void end(boolean isHttp11) {
        if (isHttp11 && host == null) throw BadHttp.request("no Host");
        if (hasCodings) {
            if (contentLength >= 0) throw BadHttp.framing("Content-Length and Transfer-Encoding");
            if (!isHttp11) throw BadHttp.framing("Transfer-Encoding in HTTP/1.0");
            if (unknownCoding) throw new ProtocolError(501, "unknown transfer coding", "RFC 9112, section 6.1");
        }
        if (!isHttp11 && !keepAlive) close = true;
        if (!isHttp11) expectsContinue = false;
    }

    /// The head of an answer is complete: judges what it said in all.
    ///
    /// @param isBodiless whether an answer of this status, or to this method, has no body whatever it says
    void endOfAnswer(boolean isHttp11, boolean isBodiless) {
        if (hasCodings) {
            if (contentLength >= 0) throw BadHttp.framing("Content-Length and Transfer-Encoding");
            if (!isHttp11) throw BadHttp.framing("Transfer-Encoding in HTTP/1.0");
            if (unknownCoding) throw BadHttp.framing("unknown transfer coding");
        }
        if (isBodiless) {
            chunked = false;
            contentLength = 0;
        } else if (!chunked && contentLength < 0) {
            untilClose = true;
            close = true;
        }
        if (!isHttp11 && !keepAlive) close = true;
    }

    /// Whether the end of the connection ends the body.
    boolean isUntilClose() {
        return untilClose;
    }

    /// After how many idle seconds the server says that it closes, or [#NOT_SAID].
    long keepAliveSeconds() {
        return keepAliveSeconds;
    }

    boolean isChunked() {
        return chunked;
    }

    /// 0 where there is no body, and none with [#isChunked()].
    long contentLength() {
        return Math.max(0, contentLength);
    }

    boolean hasBody() {
        return chunked || contentLength > 0 || untilClose;
    }

    /// Whether the connection ends after the answer.
    boolean isLast() {
        return close;
    }

    boolean expectsContinue() {
        return expectsContinue && hasBody();
    }
}
