package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Sink;
import java.util.function.LongConsumer;

/// A body that says once, at its end or when it is closed before, how many bytes were taken of it.
public final class CountedBody implements ForwardingBody {
    private final Body body;
    private final LongConsumer atEnd;
    private long count;
    private boolean isTold;

    public CountedBody(Body body, LongConsumer atEnd) {
        this.body = body;
        this.atEnd = atEnd;
    }

    @Override
    public Body body() {
        return body;
    }

    @Override
    public Bytes read() {
        Bytes piece = body.read();
        count += piece.size();
        if (piece.isEmpty()) tell();
        return piece;
    }

    @Override
    public void writeTo(Sink sink) throws Exception {
        try {
            body.writeTo(new Sink() {
                @Override
                public void write(Bytes piece) {
                    sink.write(piece);
                    count += piece.size();
                }

                @Override
                public void flush() {
                    sink.flush();
                }

                @Override
                public void trailers(Headers trailers) {
                    sink.trailers(trailers);
                }
            });
        } finally {
            tell();
        }
    }

    private void tell() {
        if (isTold) return;
        isTold = true;
        atEnd.accept(count);
    }

    @Override
    public void close() {
        body.close();
        tell();
    }
}
