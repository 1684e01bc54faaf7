package io.hawser.messaging;

import io.hawser.Bytes;
import io.hawser.internal.messaging.MsgiFraming;
import io.hawser.tcp.Framing;

/// One MSGI frame without its header.
public record Frame(FrameType type, Bytes payload) {
    /// `MSGI`, the total length, the type.
    public static final int HEADER_BYTES = 10;

    /// MSGI for [io.hawser.tcp.TcpServer] and [io.hawser.tcp.TcpClient]: frames as they are, none answered by
    /// itself. Frames of the types 0x7000 to 0x7FFF are passed over.
    ///
    /// Errors: [io.hawser.ProtocolError] with the codes 4000 to 4004.
    ///
    /// @param maxPayloadBytes the longest payload accepted, known from the header before anything is buffered
    public static Framing<Frame> framing(int maxPayloadBytes) {
        return MsgiFraming.of(maxPayloadBytes);
    }

    @Override
    public String toString() {
        return type + " " + payload;
    }
}
