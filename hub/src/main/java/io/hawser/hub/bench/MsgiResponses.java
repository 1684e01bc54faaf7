package io.hawser.hub.bench;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Compares what comes back with what was sent, chunk by chunk, so that nothing has to be kept between reads.
///
/// State: `offset` bytes of the answer to request `completed` have come and were right. The first byte that
/// differs ends this: from a header on it is some other frame, which [MsgiComplaint] then collects to say
/// what it was.
final class MsgiResponses implements Responses {
    private final MsgiProtocol protocol;
    private final int frameBytes;
    private @Nullable MsgiComplaint complaint;
    private long completed;
    private int offset;

    MsgiResponses(MsgiProtocol protocol) {
        this.protocol = protocol;
        this.frameBytes = protocol.responseBytes();
    }

    @Override
    public long completed() {
        return completed;
    }

    @Override
    public void consume(ByteBuffer in) throws BadResponse {
        if (complaint != null) {
            complaint.consume(in);
            return;
        }
        int end = in.limit();
        while (in.position() < end) {
            var expected = protocol.frame(completed);
            int chunk = Math.min(end - in.position(), frameBytes - offset);
            expected.limit(offset + chunk).position(offset);
            in.limit(in.position() + chunk);
            int difference = in.mismatch(expected);
            in.limit(end);
            if (difference >= 0) {
                differs(in, expected.clear(), offset + difference);
                return;
            }
            in.position(in.position() + chunk);
            offset += chunk;
            if (offset == frameBytes) {
                offset = 0;
                completed++;
            }
        }
    }

    private void differs(ByteBuffer in, ByteBuffer expected, int at) throws BadResponse {
        if (at >= MsgiProtocol.HEADER_BYTES + Long.BYTES) {
            throw new BadResponse("wrong bytes in a payload");
        }
        if (at >= MsgiProtocol.HEADER_BYTES) {
            throw new BadResponse(
                    frameBytes >= MsgiProtocol.HEADER_BYTES + Long.BYTES
                            ? "answer out of order"
                            : "wrong bytes in a payload");
        }
        complaint = new MsgiComplaint();
        complaint.consume(expected.limit(offset));
        complaint.consume(in);
    }
}
