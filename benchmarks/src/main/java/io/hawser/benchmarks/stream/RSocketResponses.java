package io.hawser.benchmarks.stream;

import io.hawser.hub.bench.BadResponse;
import io.hawser.hub.bench.EchoStream;
import java.nio.ByteBuffer;

/// The frames that a server of RSocket sends on one connection.
///
/// Source: rsocket.io, protocol 1.0
final class RSocketResponses extends FramedResponses {
    private static final int ERROR = 0x0B;
    private static final int CANCEL = 0x09;
    private static final int METADATA = 0x100;
    private static final int FOLLOWS = 0x80;
    private static final int COMPLETE = 0x40;

    private final int payloadBytes;
    private final ByteBuffer owed;
    private boolean isPayload;

    RSocketResponses(RSocketChannel protocol, ByteBuffer opening) {
        super(
                new EchoStream(protocol.payloadBytes(), protocol::payload),
                RSocketChannel.LENGTH_BYTES + RSocketChannel.HEADER_BYTES);
        payloadBytes = protocol.payloadBytes();
        owed = opening;
    }

    @Override
    public ByteBuffer owed() {
        return owed;
    }

    @Override
    void payload(ByteBuffer part) throws BadResponse {
        if (isPayload) check(part);
    }

    @Override
    int begin(ByteBuffer header) throws BadResponse {
        int size = (header.getInt(0) >>> 8) - RSocketChannel.HEADER_BYTES;
        int typeAndFlags = header.getShort(RSocketChannel.LENGTH_BYTES + Integer.BYTES) & 0xFFFF;
        int type = typeAndFlags >> 10;
        if (type == ERROR || type == CANCEL) throw new BadResponse("the server ended the channel");
        isPayload = type == RSocketChannel.PAYLOAD;
        if (!isPayload) return size;
        if ((typeAndFlags & (METADATA | FOLLOWS | COMPLETE)) != 0) throw new BadResponse("a payload with other flags");
        // The one that opened the channel is empty.
        if (size != payloadBytes && size != 0) throw new BadResponse("a payload of another length");
        return size;
    }
}
