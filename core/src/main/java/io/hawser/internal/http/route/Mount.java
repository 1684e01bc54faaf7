package io.hawser.internal.http.route;

import io.hawser.Decorator;
import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.internal.http.Targets;
import io.hawser.io.ExecutionMode;
import io.hawser.session.Key;
import java.util.OptionalLong;

/// A handler that sees targets without their first segments.
public record Mount(int segments, HttpHandler handler) implements HttpHandler, Decorator {
    private static final Key<String> PREFIX = Key.of("mounted at");

    public static String prefix(Request request) {
        return request.attribute(PREFIX).orElse("");
    }

    @Override
    public Response handle(Request request) throws Exception {
        return handler.handle(below(request));
    }

    @Override
    public ExecutionMode mode(Request request) {
        return handler.mode(below(request));
    }

    @Override
    public OptionalLong maxBodyBytes(Request request) {
        return handler.maxBodyBytes(below(request));
    }

    @Override
    public Object decorated() {
        return handler;
    }

    private Request below(Request request) {
        if (segments == 0) return request;
        String path = request.rawPath();
        int end = 0;
        for (int i = 0; i < segments; i++) {
            end = path.indexOf('/', end + 1);
            if (end < 0) end = path.length();
        }
        String left = end == path.length() ? "/" : path.substring(end);
        return request.withTarget(Targets.withQuery(left, request.rawQuery()))
                .withAttribute(PREFIX, prefix(request) + path.substring(0, end));
    }
}
