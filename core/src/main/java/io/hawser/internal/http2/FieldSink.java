package io.hawser.internal.http2;

import io.netty.util.AsciiString;

/// Takes the fields of a header block, one by one.
///
/// Thread: the event loop.
interface FieldSink {
    void field(AsciiString name, AsciiString value);

    /// Whether there were more than the limits allow.
    boolean hasTooMany();
}
