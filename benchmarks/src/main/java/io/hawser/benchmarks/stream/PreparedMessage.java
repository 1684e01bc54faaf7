package io.hawser.benchmarks.stream;

import io.hawser.hub.bench.Protocol;
import java.nio.ByteBuffer;

/// A protocol whose messages come back byte for byte, and differ in their number alone, which is the first 8
/// bytes of a payload that is as long.
abstract class PreparedMessage implements Protocol {
    private final ByteBuffer request;
    private final int payloadAt;

    /// @param request a message with its frame, from index 0 to its capacity
    PreparedMessage(ByteBuffer request, int payloadAt) {
        this.request = request;
        this.payloadAt = payloadAt;
    }

    @Override
    public final int requestBytes() {
        return request.capacity();
    }

    @Override
    public final int responseBytes() {
        return request.capacity();
    }

    @Override
    public final void encode(ByteBuffer out, long sequence) {
        renumber(request.clear(), 0, sequence);
        out.put(request);
    }

    @Override
    public final void renumber(ByteBuffer out, int index, long sequence) {
        if (requestBytes() >= payloadAt + Long.BYTES) out.putLong(index + payloadAt, sequence);
    }

    @Override
    public final ByteBuffer keepAlive() {
        return ByteBuffer.allocate(0);
    }

    /// Number `sequence` from `index` on, whole from index 0, valid until the next call.
    final ByteBuffer from(int index, long sequence) {
        renumber(request.clear(), 0, sequence);
        return request.slice(index, request.capacity() - index);
    }
}
