package io.hawser.openai;

import io.hawser.Bytes;
import io.hawser.http.Body;
import java.util.Optional;
import java.util.OptionalLong;

/// A stream that says its type.
record TypedBody(Body body, String type) implements Body {
    @Override
    public Bytes read() {
        return body.read();
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public Optional<String> contentType() {
        return Optional.of(type);
    }

    @Override
    public void close() {
        body.close();
    }
}
