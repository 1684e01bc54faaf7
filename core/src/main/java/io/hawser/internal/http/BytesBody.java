package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import java.util.Optional;
import java.util.OptionalLong;

/// A body in memory. A sender takes [#content()] and never reads.
public final class BytesBody implements Body {
    public static final BytesBody NOTHING = new BytesBody(Bytes.EMPTY, Optional.empty());

    private final Bytes content;
    private final Optional<String> contentType;
    private boolean isRead;

    private BytesBody(Bytes content, Optional<String> contentType) {
        this.content = content;
        this.contentType = contentType;
    }

    public static BytesBody of(Bytes content) {
        return new BytesBody(content, Optional.empty());
    }

    public static BytesBody of(Bytes content, String contentType) {
        return new BytesBody(content, Optional.of(contentType));
    }

    /// All of it, read or not.
    public Bytes content() {
        return content;
    }

    @Override
    public Bytes read() {
        if (isRead || content.isEmpty()) return Bytes.EMPTY;
        isRead = true;
        return content;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(content.size());
    }

    @Override
    public Optional<String> contentType() {
        return contentType;
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public Body fromStart() {
        return content.isEmpty() ? this : new BytesBody(content, contentType);
    }

    @Override
    public Bytes bytes(long maxBytes) {
        WholeBody.check(content.size(), maxBytes);
        return content;
    }
}
