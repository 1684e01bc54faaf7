package io.hawser.hub.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// MSGI in bare mode against an echo: DATA frames that must come back byte for byte.
///
/// Shape: a payload of 8 bytes or more begins with the request's number; the rest are fixed random bytes.
/// Source: contract, section 3.
public final class MsgiProtocol implements Protocol {
    static final int MAGIC = 0x4D534749;
    static final int HEADER_BYTES = 10;
    static final short DATA = 0x0010;
    static final short HEARTBEAT = 0x0040;

    private static final long CONTENT_SEED = 25;

    private final ByteBuffer frame;

    public MsgiProtocol(int payloadBytes) {
        if (payloadBytes < 0 || payloadBytes > Integer.MAX_VALUE - HEADER_BYTES) {
            throw new IllegalArgumentException("payloadBytes: " + payloadBytes + ", must be at least 0");
        }
        var content = new byte[payloadBytes];
        new SplittableRandom(CONTENT_SEED).nextBytes(content);
        frame = ByteBuffer.allocateDirect(HEADER_BYTES + payloadBytes);
        header(frame, DATA).put(content).clear();
    }

    @Override
    public String name() {
        return "msgi";
    }

    @Override
    public int requestBytes() {
        return frame.capacity();
    }

    @Override
    public int responseBytes() {
        return frame.capacity();
    }

    @Override
    public void encode(ByteBuffer out, long sequence) {
        out.put(frame(sequence));
    }

    @Override
    public void renumber(ByteBuffer out, int index, long sequence) {
        if (requestBytes() >= HEADER_BYTES + Long.BYTES) {
            out.putLong(index + HEADER_BYTES, sequence);
        }
    }

    @Override
    public Responses responses() {
        return new MsgiResponses(this);
    }

    @Override
    public ByteBuffer keepAlive() {
        return header(ByteBuffer.allocate(HEADER_BYTES), HEARTBEAT).flip();
    }

    /// The frame that request `sequence` is and its answer must be; whole from index 0, valid until the next
    /// call.
    ByteBuffer frame(long sequence) {
        renumber(frame.clear(), 0, sequence);
        return frame;
    }

    private static ByteBuffer header(ByteBuffer frame, short type) {
        return frame.putInt(MAGIC).putInt(frame.capacity()).putShort(type);
    }
}
