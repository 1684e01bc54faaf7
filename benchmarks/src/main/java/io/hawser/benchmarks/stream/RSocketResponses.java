package io.hawser.benchmarks.stream;

import io.hawser.hub.bench.BadResponse;
import io.hawser.hub.bench.EchoStream;
import io.hawser.hub.bench.Responses;
import java.nio.ByteBuffer;

/// The frames that a server of RSocket sends on one connection.
///
/// Source: rsocket.io, protocol 1.0
final class RSocketResponses implements Responses {
    private static final int ERROR = 0x0B;
    private static final int CANCEL = 0x09;
    private static final int METADATA = 0x100;
    private static final int FOLLOWS = 0x80;
    private static final int COMPLETE = 0x40;

    private final EchoStream echo;
    private final int payloadBytes;
    private final ByteBuffer owed;
    private final ByteBuffer header = ByteBuffer.allocate(RSocketChannel.LENGTH_BYTES + RSocketChannel.HEADER_BYTES);
    private int left;
    private boolean isPayload;

    RSocketResponses(RSocketChannel protocol, ByteBuffer opening) {
        payloadBytes = protocol.payloadBytes();
        echo = new EchoStream(payloadBytes, protocol::payload);
        owed = opening;
    }

    @Override
    public long completed() {
        return echo.completed();
    }

    @Override
    public ByteBuffer owed() {
        return owed;
    }

    @Override
    public void consume(ByteBuffer in) throws BadResponse {
        while (in.hasRemaining()) {
            if (header.hasRemaining()) {
                header.put(in.get());
                if (header.hasRemaining()) continue;
                begin();
            } else {
                int taken = Math.min(left, in.remaining());
                var part = in.slice(in.position(), taken);
                in.position(in.position() + taken);
                left -= taken;
                if (isPayload && echo.consume(part) != EchoStream.RIGHT) {
                    throw new BadResponse("wrong bytes in an answer");
                }
            }
            if (left == 0) header.clear();
        }
    }

    private void begin() throws BadResponse {
        left = (header.getInt(0) >>> 8) - RSocketChannel.HEADER_BYTES;
        int typeAndFlags = header.getShort(RSocketChannel.LENGTH_BYTES + Integer.BYTES) & 0xFFFF;
        int type = typeAndFlags >> 10;
        if (type == ERROR || type == CANCEL) throw new BadResponse("the server ended the channel");
        isPayload = type == RSocketChannel.PAYLOAD;
        if (!isPayload) return;
        if ((typeAndFlags & (METADATA | FOLLOWS | COMPLETE)) != 0) throw new BadResponse("a payload with other flags");
        // The one that opened the channel is empty.
        if (left != payloadBytes && left != 0) throw new BadResponse("a payload of another length");
    }
}
