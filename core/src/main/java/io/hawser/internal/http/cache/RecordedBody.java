package io.hawser.internal.http.cache;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.internal.http.ForwardingBody;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A body that is recorded while it is passed on. One that is read to its end, and is not too long, is given to
/// who wants it whole; one that is not, is forgotten.
final class RecordedBody implements ForwardingBody {
    private final Body body;
    private final long maxBytes;
    private final Deque<Bytes> ahead = new ArrayDeque<>();
    private @Nullable List<Bytes> recorded = new ArrayList<>();
    private @Nullable Consumer<Bytes> whole;
    private long size;
    private boolean isOver;

    RecordedBody(Body body, long maxBytes) {
        this.body = body;
        this.maxBytes = maxBytes;
    }

    /// Reads on without passing on, until `bytes` are there or the end.
    ///
    /// @return all of it, if the end has come and it was not too long
    Optional<Bytes> readAhead(long bytes) {
        while (!isOver && size < bytes) {
            Bytes piece = next();
            if (!piece.isEmpty()) ahead.add(piece);
        }
        return isOver ? content() : Optional.empty();
    }

    /// Calls `action` with all of it once it was read to its end.
    void atEnd(Consumer<Bytes> action) {
        whole = action;
    }

    @Override
    public Body body() {
        return body;
    }

    @Override
    public Bytes read() {
        Bytes kept = ahead.poll();
        if (kept != null) return kept;
        return isOver ? Bytes.EMPTY : next();
    }

    private Bytes next() {
        Bytes piece = body.read();
        size += piece.size();
        List<Bytes> pieces = recorded;
        if (size > maxBytes) recorded = null;
        else if (pieces != null && !piece.isEmpty()) pieces.add(piece);
        if (piece.isEmpty()) {
            isOver = true;
            Consumer<Bytes> action = whole;
            if (action != null) content().ifPresent(action);
        }
        return piece;
    }

    private Optional<Bytes> content() {
        List<Bytes> pieces = recorded;
        return pieces == null ? Optional.empty() : Optional.of(Bytes.concat(pieces.toArray(Bytes[]::new)));
    }

    @Override
    public Headers trailers() {
        return isOver && ahead.isEmpty() ? body.trailers() : Headers.EMPTY;
    }

    @Override
    public void close() {
        isOver = true;
        recorded = null;
        ahead.clear();
        body.close();
    }
}
