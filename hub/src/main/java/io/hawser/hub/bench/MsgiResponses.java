package io.hawser.hub.bench;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The answers of an MSGI echo. The first byte that differs ends them: from a header on it is some other
/// frame, which [MsgiComplaint] then collects to say what it was.
final class MsgiResponses implements Responses {
    private final MsgiProtocol protocol;
    private final int frameBytes;
    private final EchoStream echo;
    private @Nullable MsgiComplaint complaint;

    MsgiResponses(MsgiProtocol protocol) {
        this.protocol = protocol;
        this.frameBytes = protocol.responseBytes();
        this.echo = new EchoStream(frameBytes, protocol::frame);
    }

    @Override
    public long completed() {
        return echo.completed();
    }

    @Override
    public void consume(ByteBuffer in) throws BadResponse {
        if (complaint != null) {
            complaint.consume(in);
            return;
        }
        int wrong = echo.consume(in);
        if (wrong != EchoStream.RIGHT) differs(in, wrong);
    }

    private void differs(ByteBuffer in, int at) throws BadResponse {
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
        complaint.consume(protocol.frame(echo.completed()).limit(echo.offset()));
        complaint.consume(in);
    }
}
