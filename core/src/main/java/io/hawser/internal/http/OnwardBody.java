package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A body on its way through a gateway, piece by piece, which remembers why it broke off.
///
/// Thread: one reader; [#failure()] from any.
public final class OnwardBody implements Body {
    private final Body body;
    private volatile @Nullable RuntimeException failure;

    public OnwardBody(Body body) {
        this.body = body;
    }

    /// What reading it failed with: then it is its sender who is to be told, not who it goes to.
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public Bytes read() {
        try {
            return body.read();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public boolean isReplayable() {
        return body.isReplayable();
    }

    @Override
    public Body fromStart() {
        return body.isReplayable() ? body.fromStart() : this;
    }

    @Override
    public Headers trailers() {
        return OnwardFields.ofTrailers(body.trailers());
    }

    @Override
    public void close() {
        body.close();
    }
}
