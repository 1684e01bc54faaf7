package io.hawser.tcp;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

final class LengthPrefixFraming implements Framing<Bytes> {
    private final int prefixBytes;
    private final int maxFrameBytes;

    LengthPrefixFraming(int prefixBytes, int maxFrameBytes) {
        if (prefixBytes != 1 && prefixBytes != 2 && prefixBytes != 4) {
            throw new IllegalArgumentException("prefixBytes " + prefixBytes + ": 1, 2 or 4");
        }
        long largest = prefixBytes == 4 ? Integer.MAX_VALUE - 4 : (1L << (8 * prefixBytes)) - 1;
        if (maxFrameBytes < 0 || maxFrameBytes > largest) {
            throw new IllegalArgumentException("maxFrameBytes " + maxFrameBytes + ": from 0 to " + largest);
        }
        this.prefixBytes = prefixBytes;
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public int decode(ByteBuffer input, int seen, Consumer<? super Bytes> output) {
        if (input.remaining() < prefixBytes) return 0;
        long length = switch (prefixBytes) {
            case 1 -> input.get() & 0xFF;
            case 2 -> input.getShort() & 0xFFFF;
            default -> input.getInt() & 0xFFFF_FFFFL;
        };
        if (length > maxFrameBytes) throw new LimitExceeded("maxFrameBytes", maxFrameBytes, length, Processed.NO);
        if (input.remaining() < length) return 0;
        byte[] frame = new byte[(int) length];
        input.get(frame);
        output.accept(Bytes.wrap(frame));
        return prefixBytes + frame.length;
    }

    @Override
    public int encodedSize(Bytes frame) {
        if (frame.size() > maxFrameBytes) {
            throw new LimitExceeded("maxFrameBytes", maxFrameBytes, frame.size(), Processed.NO);
        }
        return prefixBytes + frame.size();
    }

    @Override
    public void encode(Bytes frame, ByteBuffer output) {
        switch (prefixBytes) {
            case 1 -> output.put((byte) frame.size());
            case 2 -> output.putShort((short) frame.size());
            default -> output.putInt(frame.size());
        }
        frame.copyTo(output);
    }
}
