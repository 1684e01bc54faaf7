package io.hawser.internal.http;

import io.hawser.http.HttpHandler;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.tcp.Door;
import io.hawser.io.ExecutionMode;
import io.hawser.tcp.ShedCause;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/// What is answered on a connection that is kept for the requests which matter most: those, and everything else
/// with 503. Each such connection carries one, and is free again.
record KeptRequests(HttpHandler handler, List<String> paths, Door door) implements HttpHandler {
    static final HttpHandler TOO_MANY = ((HttpHandler)
                    request -> again(Status.TOO_MANY_REQUESTS, "too many requests from one address"))
            .nonBlocking();

    @Override
    public Response handle(Request request) throws Exception {
        if (!isKept(request)) {
            door.shed(ShedCause.FULL);
            return again(Status.SERVICE_UNAVAILABLE, "too many connections").withHeader("Connection", "close");
        }
        Response response = handler.handle(request);
        return response.upgrade().isPresent() ? response : response.withHeader("Connection", "close");
    }

    private boolean isKept(Request request) {
        for (String path : paths) {
            if (request.rawPath().startsWith(path)) return true;
        }
        return false;
    }

    @Override
    public ExecutionMode mode(Request request) {
        return isKept(request) ? handler.mode(request) : ExecutionMode.EVENT_LOOP;
    }

    @Override
    public OptionalLong maxBodyBytes(Request request) {
        return isKept(request) ? handler.maxBodyBytes(request) : OptionalLong.empty();
    }

    private static Response again(int status, String why) {
        return Problem.of(status, why).withRetryAfter(Duration.ofSeconds(1)).response();
    }
}
