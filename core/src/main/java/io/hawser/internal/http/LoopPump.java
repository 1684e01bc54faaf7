package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.HawserException.Processed;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Response;
import java.util.function.Consumer;

/// Passes a body on to a peer on its event loop, without a thread: what comes from a network, and what is
/// too large to be sent at once.
///
/// It stops where the peer takes no more, and with it stops the reading of where the body comes from.
///
/// Thread: the event loop of the path; the listeners that it leaves may be called on any.
final class LoopPump {
    private static final int PIECE_BYTES = 64 << 10;

    private final ReturnPath path;
    private final Response response;
    private final Body body;
    private final long length;
    private final Runnable done;
    private final Consumer<Throwable> broken;
    private Bytes rest = Bytes.EMPTY;
    private long sent;
    private boolean isOver;

    LoopPump(ReturnPath path, Response response, Runnable done, Consumer<Throwable> broken) {
        this.path = path;
        this.response = response;
        this.body = response.body().fromStart();
        this.length = body.length().orElse(ReturnPath.UNKNOWN_LENGTH);
        this.done = done;
        this.broken = broken;
    }

    void begin() {
        path.head(response, length);
        pump();
    }

    /// Nobody takes what would still come.
    void stop() {
        if (isOver) return;
        isOver = true;
        broken.accept(new ConnectionLost("the peer of an answer is gone", Processed.MAYBE, null));
    }

    private void pump() {
        try {
            while (!isOver) {
                if (!path.hasRoom()) {
                    path.onRoom(this::pump);
                    return;
                }
                if (rest.isEmpty() && !fetch()) return;
                if (!isOver) pass();
            }
        } catch (RuntimeException failure) {
            isOver = true;
            broken.accept(failure);
        }
    }

    /// @return false if nothing is there yet
    private boolean fetch() {
        if (!(body instanceof BodyPipe pipe)) {
            rest = body.read();
        } else {
            Bytes piece = pipe.poll();
            if (piece == null) {
                pipe.onChange(this::pumpOnLoop);
                return false;
            }
            rest = piece;
        }
        if (rest.isEmpty()) end(body.trailers());
        return true;
    }

    private void pumpOnLoop() {
        if (path.loop().inEventLoop()) pump();
        else path.loop().execute(this::pump);
    }

    private void pass() {
        int count = Math.min(PIECE_BYTES, rest.size());
        sent += count;
        if (length >= 0 && sent > length) {
            throw new IllegalStateException("a body of more than the " + length + " bytes that it said");
        }
        path.piece(rest.slice(0, count));
        rest = rest.slice(count, rest.size());
    }

    private void end(Headers trailers) {
        if (length >= 0 && sent < length) {
            throw new IllegalStateException("a body of " + sent + " bytes that had said it has " + length);
        }
        isOver = true;
        path.end(trailers);
        done.run();
    }
}
