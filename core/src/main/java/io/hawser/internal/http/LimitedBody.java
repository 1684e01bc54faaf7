package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import java.util.OptionalLong;

/// A body of which no more than so many bytes can be read.
public final class LimitedBody implements ForwardingBody {
    private final Body body;
    private final long maxBytes;
    private long seen;

    /// Limits `body`.
    ///
    /// @throws io.hawser.LimitExceeded if it says itself that it is longer
    public LimitedBody(Body body, long maxBytes) {
        OptionalLong length = body.length();
        if (length.isPresent()) WholeBody.check(length.getAsLong(), maxBytes);
        this.body = body;
        this.maxBytes = maxBytes;
    }

    @Override
    public Body body() {
        return body;
    }

    @Override
    public Bytes read() {
        Bytes piece = body.read();
        seen += piece.size();
        WholeBody.check(seen, maxBytes);
        return piece;
    }

    @Override
    public boolean isReplayable() {
        return body.isReplayable();
    }

    @Override
    public Body fromStart() {
        return body.isReplayable() ? new LimitedBody(body.fromStart(), maxBytes) : this;
    }
}
