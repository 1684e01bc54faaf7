package io.hawser.internal.outbound;

import io.hawser.Bytes;
import io.hawser.Deadline;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.internal.http.BodyBroken;
import io.hawser.internal.http.BodySink;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.ReturnPath;
import java.util.concurrent.TimeUnit;

/// Sends the body of a request from a thread of its own, so that the answer can be read meanwhile: a server
/// that answers as it reads would otherwise wait for its caller, and that one for it.
///
/// Thread: `run` on a virtual thread.
final class Upload implements BodySink.Path {
    /// How long a server may let a body wait that it is asked to ask for. Source: RFC 9110, section 10.1.1
    private static final long CONTINUE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int PIECE_BYTES = 64 << 10;

    private final ClientCall call;
    private final ClientConnection connection;
    private final Body body;
    private final boolean awaitsContinue;
    private final Deadline deadline = Deadline.current();

    private Upload(ClientCall call, ClientConnection connection, Body body) {
        this.call = call;
        this.connection = connection;
        this.body = body;
        this.awaitsContinue = call.request().headers().lists(Names.EXPECT, "100-continue");
    }

    /// Begins to send `body`.
    static void start(ClientCall call, ClientConnection connection, Body body) {
        Upload upload = new Upload(call, connection, body);
        Thread thread = Thread.ofVirtual().name("hawser-upload").unstarted(upload::run);
        call.upload(thread);
        thread.start();
    }

    private void run() {
        try (body) {
            deadline.call(() -> {
                send();
                return true;
            });
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    private void send() throws Exception {
        if (awaitsContinue) {
            connection.head(call, body.length().orElse(ReturnPath.UNKNOWN_LENGTH));
            call.awaitContinue(CONTINUE_NANOS);
            // Answered without the body. A server that asked for it may answer before it comes, and waits for it.
            if (call.isSettled() && !call.isBodyWanted()) return;
        }
        new BodySink(this, body.length()).send(body);
    }

    /// With an answer there, nobody needs the rest: whoever reads it ends the connection.
    private void failed(Throwable failure) {
        if (call.isSettled()) return;
        RuntimeException why = failure instanceof RuntimeException unchecked ? unchecked : new BodyBroken(failure);
        connection.cut(call, why);
    }

    @Override
    public void whole(Bytes content) {
        if (awaitsContinue) {
            if (!content.isEmpty()) piece(content);
            end(Headers.EMPTY);
        } else {
            connection.whole(call, content);
        }
    }

    @Override
    public void head(long length) {
        if (!awaitsContinue) connection.head(call, length);
    }

    @Override
    public void piece(Bytes piece) {
        for (int at = 0; at < piece.size(); at += PIECE_BYTES) {
            connection.piece(call, piece.slice(at, Math.min(piece.size(), at + PIECE_BYTES)));
        }
    }

    @Override
    public void end(Headers trailers) {
        connection.end(call, trailers);
    }
}
