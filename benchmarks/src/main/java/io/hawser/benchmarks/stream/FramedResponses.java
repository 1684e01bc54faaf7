package io.hawser.benchmarks.stream;

import io.hawser.hub.bench.BadResponse;
import io.hawser.hub.bench.EchoStream;
import io.hawser.hub.bench.Responses;
import java.nio.ByteBuffer;

/// Answers in frames that have a header of one length each, however they are cut.
abstract class FramedResponses implements Responses {
    private final EchoStream echo;
    private final ByteBuffer header;
    private int left;

    FramedResponses(EchoStream echo, int headerBytes) {
        this.echo = echo;
        this.header = ByteBuffer.allocate(headerBytes);
    }

    /// A frame begins.
    ///
    /// @return how long its payload is
    abstract int begin(ByteBuffer header) throws BadResponse;

    /// Some of its payload.
    abstract void payload(ByteBuffer part) throws BadResponse;

    /// It is whole.
    void end() throws BadResponse {}

    /// Checks some of an answer.
    final void check(ByteBuffer part) throws BadResponse {
        if (echo.consume(part) != EchoStream.RIGHT) throw new BadResponse("wrong bytes in an answer");
    }

    @Override
    public final long completed() {
        return echo.completed();
    }

    @Override
    public final void consume(ByteBuffer in) throws BadResponse {
        while (in.hasRemaining()) {
            if (header.hasRemaining()) {
                header.put(in.get());
                if (header.hasRemaining()) continue;
                left = begin(header);
            } else {
                int taken = Math.min(left, in.remaining());
                ByteBuffer part = in.slice(in.position(), taken);
                in.position(in.position() + taken);
                left -= taken;
                payload(part);
            }
            if (left == 0) {
                header.clear();
                end();
            }
        }
    }
}
