package io.hawser.http;

import io.hawser.Decorator;
import io.hawser.io.ExecutionMode;
import java.util.OptionalLong;

record FilteredHandler(Filter filter, HttpHandler next) implements HttpHandler, Decorator {
    @Override
    public Response handle(Request request) throws Exception {
        return filter.filter(request, next);
    }

    @Override
    public ExecutionMode mode(Request request) {
        return next.mode(request);
    }

    /// The least of all limits, since each is one.
    @Override
    public OptionalLong maxBodyBytes(Request request) {
        OptionalLong within = next.maxBodyBytes(request);
        if (!(filter instanceof BodyLimit limit)) return within;
        return OptionalLong.of(Math.min(limit.maxBytes(), within.orElse(Long.MAX_VALUE)));
    }

    @Override
    public Object decorated() {
        return next;
    }
}
