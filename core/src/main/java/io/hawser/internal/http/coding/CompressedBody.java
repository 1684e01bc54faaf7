package io.hawser.internal.http.coding;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A body, compressed while it is read or written. What the body passes on at once (a flush) is passed on at
/// once, so
/// streams of events stay live.
public final class CompressedBody implements Body {
    private final Body body;
    private final ContentCoding coding;
    private final ByteArrayOutputStream pulled = new ByteArrayOutputStream();
    private @Nullable OutputStream coder;
    private boolean isOver;

    public CompressedBody(Body body, ContentCoding coding) {
        this.body = body;
        this.coding = coding;
    }

    /// The compressed form of `content`, in memory.
    public static Bytes whole(Bytes content, ContentCoding coding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.size() / 2 + 64);
        try (OutputStream coder = coding.over(out)) {
            coder.write(content.toArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Bytes.wrap(out.toByteArray());
    }

    @Override
    public Bytes read() {
        while (!isOver) {
            Bytes piece = body.read();
            try {
                OutputStream to = coder();
                if (piece.isEmpty()) {
                    isOver = true;
                    to.close();
                } else {
                    to.write(piece.toArray());
                    to.flush();
                }
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            if (pulled.size() > 0) {
                Bytes compressed = Bytes.wrap(pulled.toByteArray());
                pulled.reset();
                return compressed;
            }
        }
        return Bytes.EMPTY;
    }

    private OutputStream coder() throws IOException {
        OutputStream known = coder;
        if (known == null) {
            known = coding.over(pulled);
            coder = known;
        }
        return known;
    }

    @Override
    public void writeTo(Sink sink) throws Exception {
        if (coder != null) {
            Body.super.writeTo(sink);
            return;
        }
        Headers[] trailers = {Headers.EMPTY};
        try (OutputStream to = coding.over(sink.asOutputStream())) {
            body.writeTo(new Sink() {
                @Override
                public void write(Bytes piece) {
                    unchecked(() -> to.write(piece.toArray()));
                }

                @Override
                public void flush() {
                    unchecked(to::flush);
                }

                @Override
                public void trailers(Headers last) {
                    trailers[0] = last;
                }
            });
        }
        if (!trailers[0].isEmpty()) sink.trailers(trailers[0]);
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private static void unchecked(Writing writing) {
        try {
            writing.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Optional<String> contentType() {
        return body.contentType();
    }

    @Override
    public boolean isReplayable() {
        return body.isReplayable();
    }

    @Override
    public Body fromStart() {
        return isReplayable() ? new CompressedBody(body.fromStart(), coding) : this;
    }

    @Override
    public Headers trailers() {
        return isOver ? body.trailers() : Headers.EMPTY;
    }

    @Override
    public void close() {
        OutputStream open = coder;
        if (open != null && !isOver) {
            isOver = true;
            unchecked(open::close);
        }
        body.close();
    }
}
