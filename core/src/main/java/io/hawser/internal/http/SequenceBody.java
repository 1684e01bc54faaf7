package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Sink;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Bodies one after another, as one.
public final class SequenceBody implements Body {
    private final List<Body> parts;
    private final Optional<String> contentType;
    private int current;

    public SequenceBody(List<Body> parts, String contentType) {
        this(parts, Optional.of(contentType));
    }

    private SequenceBody(List<Body> parts, Optional<String> contentType) {
        this.parts = List.copyOf(parts);
        this.contentType = contentType;
    }

    @Override
    public Bytes read() {
        while (current < parts.size()) {
            Bytes piece = parts.get(current).read();
            if (!piece.isEmpty()) return piece;
            parts.get(current++).close();
        }
        return Bytes.EMPTY;
    }

    @Override
    public void writeTo(Sink sink) throws Exception {
        while (current < parts.size()) {
            try (Body part = parts.get(current++)) {
                part.writeTo(sink);
            }
        }
    }

    @Override
    public OptionalLong length() {
        long total = 0;
        for (Body part : parts) {
            OptionalLong length = part.length();
            if (length.isEmpty()) return length;
            total += length.getAsLong();
        }
        return OptionalLong.of(total);
    }

    @Override
    public Optional<String> contentType() {
        return contentType;
    }

    @Override
    public boolean isReplayable() {
        return parts.stream().allMatch(Body::isReplayable);
    }

    @Override
    public Body fromStart() {
        if (!isReplayable()) return this;
        return new SequenceBody(parts.stream().map(Body::fromStart).toList(), contentType);
    }

    @Override
    public void close() {
        while (current < parts.size()) parts.get(current++).close();
    }
}
