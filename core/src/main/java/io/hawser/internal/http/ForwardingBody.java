package io.hawser.internal.http;

import io.hawser.http.Body;
import io.hawser.http.Headers;
import java.util.Optional;
import java.util.OptionalLong;

/// A body around another one, which says of itself what the other does, except that it is read once.
public interface ForwardingBody extends Body {
    /// The one inside.
    Body body();

    @Override
    default OptionalLong length() {
        return body().length();
    }

    @Override
    default Optional<String> contentType() {
        return body().contentType();
    }

    @Override
    default Headers trailers() {
        return body().trailers();
    }

    @Override
    default void close() {
        body().close();
    }
}
