package io.hawser.internal.outbound;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.internal.http.BodyPipe;
import java.util.Optional;
import java.util.OptionalLong;

/// The body of the only answer on a connection, which ends with it.
///
/// Thread: one reader at a time.
final class LastBody implements Body {
    private final BodyPipe pipe;
    private final ClientConnection connection;

    LastBody(BodyPipe pipe, ClientConnection connection) {
        this.pipe = pipe;
        this.connection = connection;
    }

    @Override
    public Bytes read() {
        Bytes piece = pipe.read();
        if (piece.isEmpty()) connection.close();
        return piece;
    }

    @Override
    public OptionalLong length() {
        return pipe.length();
    }

    @Override
    public Optional<String> contentType() {
        return pipe.contentType();
    }

    @Override
    public Headers trailers() {
        return pipe.trailers();
    }

    @Override
    public void close() {
        connection.close();
        pipe.close();
    }
}
