package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.http.Body;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The lines of a body, in UTF-8. A `\r` before the `\n` is not part of one; a last line needs no end.
public final class TextLines implements Iterator<String> {
    private static final int MAX_LINE_BYTES = 1 << 20;

    private final Body body;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private Bytes piece = Bytes.EMPTY;
    private int at;
    private @Nullable String next;

    private TextLines(Body body) {
        this.body = body;
    }

    public static Stream<String> of(Body body) {
        Spliterator<String> lines =
                Spliterators.spliteratorUnknownSize(new TextLines(body), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(lines, false).onClose(body::close);
    }

    @Override
    public boolean hasNext() {
        if (next == null) next = advance();
        return next != null;
    }

    @Override
    public String next() {
        if (!hasNext()) throw new NoSuchElementException();
        String line = next;
        next = null;
        return line == null ? "" : line;
    }

    private @Nullable String advance() {
        while (true) {
            if (at == piece.size()) {
                piece = body.read();
                at = 0;
                if (piece.isEmpty()) return begun.size() == 0 ? null : line();
            }
            int end = at;
            while (end < piece.size() && piece.at(end) != '\n') end++;
            append(piece.slice(at, end));
            boolean complete = end < piece.size();
            at = complete ? end + 1 : end;
            if (complete) return line();
        }
    }

    private void append(Bytes more) {
        int size = begun.size() + more.size();
        if (size > MAX_LINE_BYTES) throw new LimitExceeded("line", MAX_LINE_BYTES, size, Processed.MAYBE);
        begun.writeBytes(more.toArray());
    }

    private String line() {
        String line = begun.toString(StandardCharsets.UTF_8);
        begun.reset();
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
