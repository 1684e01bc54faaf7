package io.hawser.hub.bench;

import java.nio.ByteBuffer;

/// Compares what comes back with what was sent, chunk by chunk.
///
/// State: `offset` bytes of the answer to request `completed` have come and were right.
final class WebSocketResponses implements Responses {
    private static final int CLOSE = 0x88;

    private final WebSocketProtocol protocol;
    private final int frameBytes;
    private long completed;
    private int offset;

    WebSocketResponses(WebSocketProtocol protocol) {
        this.protocol = protocol;
        this.frameBytes = protocol.responseBytes();
    }

    @Override
    public long completed() {
        return completed;
    }

    @Override
    public void consume(ByteBuffer in) throws BadResponse {
        int end = in.limit();
        while (in.position() < end) {
            ByteBuffer expected = protocol.answer(completed);
            int chunk = Math.min(end - in.position(), frameBytes - offset);
            expected.limit(offset + chunk).position(offset);
            in.limit(in.position() + chunk);
            int difference = in.mismatch(expected);
            in.limit(end);
            if (difference >= 0) {
                boolean isClose = offset + difference == 0 && (in.get(in.position()) & 0xFF) == CLOSE;
                throw new BadResponse(isClose ? "closed by a close frame" : "wrong bytes in an answer");
            }
            in.position(in.position() + chunk);
            offset += chunk;
            if (offset == frameBytes) {
                offset = 0;
                completed++;
            }
        }
    }
}
