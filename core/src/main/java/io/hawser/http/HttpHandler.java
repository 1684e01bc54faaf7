package io.hawser.http;

import io.hawser.io.ExecutionMode;
import java.util.OptionalLong;

/// Answers requests: an application, a router, a filtered handler, a client and a fake are all of this type.
///
/// Thread: called for many requests at once, each on a thread of its [ExecutionMode]; plain blocking code
/// is welcome unless the mode is [ExecutionMode#EVENT_LOOP].
///
/// Errors: a status is a value, never an exception. What a handler throws, its server answers as
/// [Problem#of(Throwable)] says: by kind for those of [io.hawser.HawserException], 500 for any other, and
/// with no message but that about the client's own input.
@FunctionalInterface
public interface HttpHandler {
    /// Answers one request, never with null. The body of the answer may still be read after this call
    /// returns.
    Response handle(Request request) throws Exception;

    /// Where the call for `request` runs. Asked once for each request, before it is handled, on the event loop.
    default ExecutionMode mode(Request request) {
        return ExecutionMode.VIRTUAL;
    }

    /// How many bytes the body of `request` may have, where that is not for the server to say: what the
    /// [BodyLimit] of its route allows. A handler that hands over to another asks that one. Asked on the event
    /// loop, before the request is handled there, and only if its length is over the limit of the server.
    default OptionalLong maxBodyBytes(Request request) {
        return OptionalLong.empty();
    }

    /// This handler inside `outermostFirst`: `h.with(a, b)` answers as `a(b(h))`. Composed here, once; a
    /// request costs nothing more than the calls.
    default HttpHandler with(Filter... outermostFirst) {
        HttpHandler wrapped = this;
        for (int i = outermostFirst.length - 1; i >= 0; i--) wrapped = new FilteredHandler(outermostFirst[i], wrapped);
        return wrapped;
    }

    /// This handler, run in `mode` for every request.
    default HttpHandler in(ExecutionMode mode) {
        return new HandlerInMode(this, mode);
    }

    /// This handler, declared non-blocking: it runs on the event loop.
    default HttpHandler nonBlocking() {
        return in(ExecutionMode.EVENT_LOOP);
    }
}
