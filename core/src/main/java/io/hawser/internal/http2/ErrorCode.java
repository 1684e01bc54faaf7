package io.hawser.internal.http2;

import io.hawser.ProtocolError;

/// Why a stream or a connection ends before its time.
///
/// Source: RFC 9113, section 7
final class ErrorCode {
    static final int NO_ERROR = 0x0;
    static final int PROTOCOL_ERROR = 0x1;
    static final int INTERNAL_ERROR = 0x2;
    static final int FLOW_CONTROL_ERROR = 0x3;
    static final int STREAM_CLOSED = 0x5;
    static final int FRAME_SIZE_ERROR = 0x6;
    static final int REFUSED_STREAM = 0x7;
    static final int CANCEL = 0x8;
    static final int COMPRESSION_ERROR = 0x9;
    static final int ENHANCE_YOUR_CALM = 0xB;

    private ErrorCode() {}

    /// What ends a connection: the code of the error is that of the GOAWAY.
    static ProtocolError connection(int code, String what, String section) {
        return new ProtocolError(code, what, "RFC 9113, section " + section);
    }
}
