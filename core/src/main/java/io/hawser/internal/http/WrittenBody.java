package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Sink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a producer writes. A sender calls [#writeTo(Sink)] and needs no thread; who pulls gets one that runs
/// the
/// producer, one piece ahead.
///
/// Replayable as far as reading goes, because the producer is called anew each time; not told to be, since
/// nobody knows
/// whether it writes the same.
public final class WrittenBody implements Body {
    private final Producer producer;
    private final Optional<String> contentType;
    private @Nullable Handover running;

    public WrittenBody(Producer producer, Optional<String> contentType) {
        this.producer = producer;
        this.contentType = contentType;
    }

    @Override
    public Bytes read() {
        Handover handover = running;
        if (handover == null) {
            handover = new Handover(producer);
            running = handover;
        }
        return handover.take();
    }

    @Override
    public void writeTo(Sink sink) throws Exception {
        if (running != null) Body.super.writeTo(sink);
        else producer.writeTo(sink);
    }

    @Override
    public Headers trailers() {
        return running == null ? Headers.EMPTY : running.trailers();
    }

    @Override
    public Optional<String> contentType() {
        return contentType;
    }

    @Override
    public void close() {
        if (running != null) running.abandon();
    }
}
