package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import java.io.InputStream;
import java.util.Objects;

/// A body as a stream.
public final class PieceStream extends InputStream {
    private final Body body;
    private Bytes piece = Bytes.EMPTY;
    private int at;

    public PieceStream(Body body) {
        this.body = body;
    }

    @Override
    public int read() {
        return hasMore() ? piece.at(at++) & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, target.length);
        if (count == 0) return 0;
        if (!hasMore()) return -1;
        int taken = Math.min(count, piece.size() - at);
        piece.slice(at, at + taken).copyTo(target, offset);
        at += taken;
        return taken;
    }

    private boolean hasMore() {
        if (at < piece.size()) return true;
        piece = body.read();
        at = 0;
        return !piece.isEmpty();
    }

    @Override
    public int available() {
        return piece.size() - at;
    }

    @Override
    public void close() {
        body.close();
    }
}
