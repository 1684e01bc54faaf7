package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Sink;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// A body with trailers. Its length is not told, because trailers need a framing that can carry them.
public final class TrailedBody implements ForwardingBody {
    private final Body body;
    private final Supplier<Headers> trailers;
    private boolean isOver;

    public TrailedBody(Body body, Supplier<Headers> trailers) {
        this.body = body;
        this.trailers = trailers;
    }

    @Override
    public Body body() {
        return body;
    }

    @Override
    public Bytes read() {
        Bytes piece = body.read();
        isOver = piece.isEmpty();
        return piece;
    }

    @Override
    public void writeTo(Sink sink) throws Exception {
        body.writeTo(new Sink() {
            @Override
            public void write(Bytes piece) {
                sink.write(piece);
            }

            @Override
            public void flush() {
                sink.flush();
            }
        });
        sink.trailers(trailers.get());
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public boolean isReplayable() {
        return body.isReplayable();
    }

    @Override
    public Body fromStart() {
        return new TrailedBody(body.fromStart(), trailers);
    }

    @Override
    public Headers trailers() {
        return isOver ? trailers.get() : Headers.EMPTY;
    }
}
