package io.hawser.internal.outbound;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.internal.http.BodyPipe;
import io.hawser.internal.http.ForwardingBody;

/// The body of the only answer on a connection, which ends with it.
///
/// Thread: one reader at a time.
final class LastBody implements ForwardingBody {
    private final BodyPipe pipe;
    private final ClientConnection connection;

    LastBody(BodyPipe pipe, ClientConnection connection) {
        this.pipe = pipe;
        this.connection = connection;
    }

    @Override
    public Body body() {
        return pipe;
    }

    @Override
    public Bytes read() {
        Bytes piece = pipe.read();
        if (piece.isEmpty()) connection.close();
        return piece;
    }

    @Override
    public void close() {
        connection.close();
        pipe.close();
    }
}
