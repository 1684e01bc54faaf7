package io.hawser.tcp;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

final class DelimiterFraming implements Framing<Bytes> {
    private final Bytes delimiter;
    private final int maxFrameBytes;

    DelimiterFraming(Bytes delimiter, int maxFrameBytes) {
        if (delimiter.isEmpty()) throw new IllegalArgumentException("delimiter: at least one byte");
        if (maxFrameBytes < 0 || maxFrameBytes > Integer.MAX_VALUE - delimiter.size()) {
            throw new IllegalArgumentException("maxFrameBytes " + maxFrameBytes + ": from 0 to "
                    + (Integer.MAX_VALUE - delimiter.size()) + " with this delimiter");
        }
        this.delimiter = delimiter;
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public int decode(ByteBuffer input, int seen, Consumer<? super Bytes> output) {
        int start = input.position();
        int last = input.limit() - delimiter.size();
        for (int at = Math.max(start, start + seen - delimiter.size() + 1); at <= last; at++) {
            if (at - start > maxFrameBytes) break;
            if (isDelimiter(input, at)) {
                byte[] frame = new byte[at - start];
                input.get(start, frame);
                output.accept(Bytes.wrap(frame));
                return frame.length + delimiter.size();
            }
        }
        int frameBytesAtLeast = input.remaining() - delimiter.size() + 1;
        if (frameBytesAtLeast > maxFrameBytes) {
            throw new LimitExceeded("maxFrameBytes", maxFrameBytes, frameBytesAtLeast, Processed.NO);
        }
        return 0;
    }

    private boolean isDelimiter(ByteBuffer input, int at) {
        for (int i = 0; i < delimiter.size(); i++) {
            if (input.get(at + i) != delimiter.at(i)) return false;
        }
        return true;
    }

    @Override
    public int encodedSize(Bytes frame) {
        if (frame.size() > maxFrameBytes) {
            throw new LimitExceeded("maxFrameBytes", maxFrameBytes, frame.size(), Processed.NO);
        }
        for (int at = 0; at < frame.size(); at++) {
            if (beginsWithDelimiter(frame, at)) {
                throw new IllegalArgumentException("frame holds the delimiter at byte " + at);
            }
        }
        return frame.size() + delimiter.size();
    }

    /// Whether a reader would find the delimiter at byte `at` of `frame`, perhaps with the help of the one
    /// behind.
    private boolean beginsWithDelimiter(Bytes frame, int at) {
        for (int i = 0; i < delimiter.size(); i++) {
            int place = at + i;
            byte next = place < frame.size() ? frame.at(place) : delimiter.at(place - frame.size());
            if (next != delimiter.at(i)) return false;
        }
        return true;
    }

    @Override
    public void encode(Bytes frame, ByteBuffer output) {
        frame.copyTo(output);
        delimiter.copyTo(output);
    }
}
