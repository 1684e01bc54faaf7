package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Response;
import io.hawser.http.Sink;
import java.util.OptionalLong;

/// Sends one message with its body from a thread that may wait.
///
/// Small pieces that are written are kept back and go together. If all of it was small, it goes in one with
/// the head, and its length is told although nobody said it before.
public final class BodySink implements Sink {
    private static final int KEPT_BYTES = 16 << 10;

    /// Where the message goes: one [#whole], or a [#head], pieces and an [#end].
    public interface Path {
        /// All of it at once.
        void whole(Bytes content);

        /// Begins it.
        ///
        /// @param length of the body that follows, or [ReturnPath#UNKNOWN_LENGTH]
        void head(long length);

        /// Waits for room.
        void piece(Bytes piece);

        void end(Headers trailers);
    }

    private final Path path;
    private final long length;
    private byte[] kept = new byte[0];
    private int keptBytes;
    private long sent;
    private boolean begun;
    private Headers trailers = Headers.EMPTY;

    public BodySink(Path path, OptionalLong length) {
        this.path = path;
        this.length = length.orElse(ReturnPath.UNKNOWN_LENGTH);
    }

    /// The way of the answer `response`.
    static Path answer(ReturnPath path, Response response) {
        return new Path() {
            @Override
            public void whole(Bytes content) {
                path.whole(response, content);
            }

            @Override
            public void head(long length) {
                path.head(response, length);
            }

            @Override
            public void piece(Bytes piece) {
                path.piece(piece);
            }

            @Override
            public void end(Headers trailers) {
                path.end(trailers);
            }
        };
    }

    @Override
    public void write(Bytes piece) {
        checkLength(piece);
        if (keptBytes + piece.size() > KEPT_BYTES) flush();
        if (piece.size() >= KEPT_BYTES) send(piece);
        else keep(piece);
    }

    private void checkLength(Bytes piece) {
        if (length >= 0 && sent + keptBytes + piece.size() > length) {
            throw new IllegalStateException("a body of more than the " + length + " bytes that it said");
        }
    }

    private void keep(Bytes piece) {
        if (kept.length == 0) kept = new byte[KEPT_BYTES];
        piece.copyTo(kept, keptBytes);
        keptBytes += piece.size();
    }

    private void send(Bytes piece) {
        if (!begun) {
            begun = true;
            path.head(length);
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

    /// Sends all of `body` in the way that its kind allows, and the end.
    public void send(Body body) throws Exception {
        if (body instanceof WrittenBody || body instanceof TrailedBody) body.writeTo(this);
        else pullFrom(body);
        end();
    }

    /// Each piece as it comes, so none is kept back.
    private void pullFrom(Body body) {
        for (Bytes piece = body.read(); !piece.isEmpty(); piece = body.read()) {
            checkLength(piece);
            send(piece);
        }
        trailers = body.trailers();
    }

    private void end() {
        if (length >= 0 && sent + keptBytes < length) {
            throw new IllegalStateException(
                    "a body of " + (sent + keptBytes) + " bytes that had said it has " + length);
        }
        if (!begun && trailers.isEmpty()) {
            path.whole(takeKept());
        } else {
            flush();
            if (!begun) path.head(length);
            path.end(trailers);
        }
    }
}
