package io.hawser.http;

import io.hawser.Bytes;
import java.io.OutputStream;
import java.util.Arrays;

/// Collects single bytes and short writes into pieces.
final class SinkOutputStream extends OutputStream {
    private static final int PIECE_BYTES = 8 << 10;

    private final Sink sink;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int size;

    SinkOutputStream(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void write(int b) {
        if (size == PIECE_BYTES) pass();
        piece[size++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        if (count > PIECE_BYTES - size) pass();
        if (count >= PIECE_BYTES) {
            sink.write(Bytes.wrap(Arrays.copyOfRange(bytes, offset, offset + count)));
        } else {
            System.arraycopy(bytes, offset, piece, size, count);
            size += count;
        }
    }

    private void pass() {
        if (size == 0) return;
        sink.write(Bytes.wrap(Arrays.copyOf(piece, size)));
        size = 0;
    }

    @Override
    public void flush() {
        pass();
        sink.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
