package io.hawser.internal.http1;

import io.hawser.ProtocolError;

/// What is said of input that is not HTTP/1.1: a [ProtocolError] whose code is the status to answer with.
final class BadHttp {
    private BadHttp() {}

    static ProtocolError request(String what) {
        return new ProtocolError(400, what, "RFC 9112, section 3");
    }

    static ProtocolError field(String what) {
        return new ProtocolError(400, what, "RFC 9112, section 5");
    }

    static ProtocolError framing(String what) {
        return new ProtocolError(400, what, "RFC 9112, section 6");
    }

    static ProtocolError chunk(String what) {
        return new ProtocolError(400, what, "RFC 9112, section 7.1");
    }

    static ProtocolError lineTooLong(int maxBytes) {
        return new ProtocolError(414, "request line of over " + maxBytes + " bytes", "RFC 9110, section 15.5.15");
    }

    static ProtocolError fieldsTooLarge(String what) {
        return new ProtocolError(431, what, "RFC 6585, section 5");
    }
}
