package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;

/// What a stream gives: once.
public final class StreamBody implements Body {
    private static final int PIECE_BYTES = 16 << 10;

    private final InputStream stream;
    private final OptionalLong length;
    private long done;
    private boolean isOver;

    public StreamBody(InputStream stream, OptionalLong length) {
        if (length.isPresent() && length.getAsLong() < 0) {
            throw new IllegalArgumentException("length " + length.getAsLong() + ": at least 0");
        }
        this.stream = stream;
        this.length = length;
    }

    @Override
    public Bytes read() {
        if (isOver) return Bytes.EMPTY;
        try {
            byte[] piece = new byte[PIECE_BYTES];
            int count = stream.read(piece, 0, (int) Math.min(piece.length, length.orElse(Long.MAX_VALUE) - done));
            if (count <= 0) return end();
            done += count;
            return Bytes.wrap(count == piece.length ? piece : Arrays.copyOf(piece, count));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Bytes end() throws IOException {
        if (length.isPresent() && done < length.getAsLong()) {
            throw new EOFException("the stream ended after " + done + " of " + length.getAsLong() + " bytes");
        }
        close();
        return Bytes.EMPTY;
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public void close() {
        if (isOver) return;
        isOver = true;
        try {
            stream.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
