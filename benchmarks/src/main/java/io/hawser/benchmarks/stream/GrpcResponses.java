package io.hawser.benchmarks.stream;

import io.hawser.hub.bench.BadResponse;
import io.hawser.hub.bench.EchoStream;
import java.nio.ByteBuffer;

/// The frames that a server of gRPC sends on one connection, however it cuts its messages into them.
///
/// Source: RFC 9113, sections 4 and 6
final class GrpcResponses extends FramedResponses {
    private static final int RST_STREAM = 3;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int PADDED = 8;
    private static final int PING_BYTES = 8;
    /// So much may come before the server is told that it may send more: a quarter of the windows.
    private static final int WINDOW_STEP = 1 << 29;
    /// Room for some hundred acknowledgements that could not be sent yet.
    private static final int OWED_BYTES = 4096;

    private final ByteBuffer ping = ByteBuffer.allocate(PING_BYTES);
    private final ByteBuffer owed = ByteBuffer.allocate(OWED_BYTES);
    private int type;
    private int flags;
    private int received;

    GrpcResponses(GrpcStream protocol, ByteBuffer opening) {
        super(new EchoStream(protocol.messageBytes(), protocol::message), GrpcStream.HEADER_BYTES);
        owed.put(opening).flip();
    }

    @Override
    public ByteBuffer owed() {
        return owed;
    }

    @Override
    int begin(ByteBuffer header) throws BadResponse {
        type = header.get(3);
        flags = header.get(4);
        switch (type) {
            case RST_STREAM, GOAWAY -> throw new BadResponse("the server ended the stream");
            case GrpcStream.HEADERS -> {
                if ((flags & END_STREAM) != 0) throw new BadResponse("the server refused the call");
            }
            case GrpcStream.DATA -> {
                if ((flags & PADDED) != 0) throw new BadResponse("a padded frame");
            }
            default -> {
                // What matters comes with its payload or at its end.
            }
        }
        return header.getInt(0) >>> 8;
    }

    @Override
    void payload(ByteBuffer part) throws BadResponse {
        if (type == PING) ping.put(part);
        if (type != GrpcStream.DATA) return;
        received += part.remaining();
        check(part);
    }

    @Override
    void end() throws BadResponse {
        if (type == GrpcStream.DATA && received < WINDOW_STEP) return;
        if (owed.capacity() - owed.remaining() < 4 * GrpcStream.HEADER_BYTES + PING_BYTES) {
            throw new BadResponse("the server asks more than it lets be answered");
        }
        owed.compact();
        if (type == GrpcStream.SETTINGS && (flags & ACK) == 0) {
            GrpcStream.header(owed, 0, GrpcStream.SETTINGS, ACK, 0);
        }
        if (type == PING && (flags & ACK) == 0) {
            GrpcStream.header(owed, PING_BYTES, PING, ACK, 0);
            owed.put(ping.clear());
        }
        ping.clear();
        if (received >= WINDOW_STEP) {
            GrpcStream.window(owed, 0, received);
            GrpcStream.window(owed, GrpcStream.STREAM, received);
            received = 0;
        }
        owed.flip();
    }
}
