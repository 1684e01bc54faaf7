package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Response;
import io.hawser.http.Sink;

/// Sends the body of one answer from a thread that may wait.
///
/// Small pieces are kept back and go together. If all of it was small, it goes in one with the head, and
/// its length is told although nobody said it before.
final class AnswerSink implements Sink {
    private static final int KEPT_BYTES = 16 << 10;

    private final ReturnPath path;
    private final Response response;
    private final long length;
    private byte[] kept = new byte[0];
    private int keptBytes;
    private long sent;
    private boolean begun;
    private Headers trailers = Headers.EMPTY;

    AnswerSink(ReturnPath path, Response response) {
        this.path = path;
        this.response = response;
        this.length = response.body().length().orElse(ReturnPath.UNKNOWN_LENGTH);
    }

    @Override
    public void write(Bytes piece) {
        if (length >= 0 && sent + keptBytes + piece.size() > length) {
            throw new IllegalStateException("a body of more than the " + length + " bytes that it said");
        }
        if (keptBytes + piece.size() > KEPT_BYTES) flush();
        if (piece.size() >= KEPT_BYTES) send(piece);
        else keep(piece);
    }

    private void keep(Bytes piece) {
        if (kept.length == 0) kept = new byte[KEPT_BYTES];
        piece.copyTo(kept, keptBytes);
        keptBytes += piece.size();
    }

    private void send(Bytes piece) {
        if (!begun) {
            begun = true;
            path.head(response, length);
        }
        sent += piece.size();
        path.piece(piece);
    }

    @Override
    public void flush() {
        if (keptBytes == 0) return;
        send(takeKept());
    }

    private Bytes takeKept() {
        Bytes all = Bytes.wrap(kept).slice(0, keptBytes);
        kept = new byte[0];
        keptBytes = 0;
        return all;
    }

    @Override
    public void trailers(Headers last) {
        trailers = last;
    }

    /// Sends all of `body`, each piece as it comes.
    void pullFrom(Body body) {
        for (Bytes piece = body.read(); !piece.isEmpty(); piece = body.read()) {
            write(piece);
            flush();
        }
        trailers = body.trailers();
    }

    /// All was written.
    void end() {
        if (length >= 0 && sent + keptBytes < length) {
            throw new IllegalStateException(
                    "a body of " + (sent + keptBytes) + " bytes that had said it has " + length);
        }
        if (!begun && trailers.isEmpty()) {
            path.whole(response, takeKept());
        } else {
            flush();
            if (!begun) path.head(response, length);
            path.end(trailers);
        }
    }
}
