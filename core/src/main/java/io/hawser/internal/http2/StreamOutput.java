package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.hawser.http.Headers;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What one stream has still to send of a body: pieces, and the end behind them.
///
/// Thread: the event loop.
final class AnswerQueue {
    private Bytes first = Bytes.EMPTY;
    private @Nullable ArrayDeque<Bytes> more;
    private @Nullable Headers trailers;

    void add(Bytes piece) {
        if (first.isEmpty()) {
            first = piece;
            return;
        }
        if (more == null) more = new ArrayDeque<>();
        more.add(piece);
    }

    /// Nothing follows but these.
    void end(Headers last) {
        trailers = last;
    }

    boolean hasBytes() {
        return !first.isEmpty();
    }

    boolean hasEnd() {
        return trailers != null;
    }

    /// Whether the end is next, and can go with the last piece.
    boolean isAtEnd() {
        return first.isEmpty() && trailers != null && trailers.isEmpty();
    }

    Headers trailers() {
        return trailers == null ? Headers.EMPTY : trailers;
    }

    /// The next bytes, `most` at most.
    Bytes take(int most) {
        Bytes taken = first;
        if (taken.size() > most) {
            first = taken.slice(most, taken.size());
            return taken.slice(0, most);
        }
        Bytes next = more == null ? null : more.poll();
        first = next == null ? Bytes.EMPTY : next;
        return taken;
    }

    void clear() {
        first = Bytes.EMPTY;
        more = null;
    }
}
