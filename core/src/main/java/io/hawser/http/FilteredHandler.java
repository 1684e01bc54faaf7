package io.hawser.http;

import io.hawser.Decorator;
import io.hawser.io.ExecutionMode;

record FilteredHandler(Filter filter, HttpHandler next) implements HttpHandler, Decorator {
    @Override
    public Response handle(Request request) throws Exception {
        return filter.filter(request, next);
    }

    @Override
    public ExecutionMode mode(Request request) {
        return next.mode(request);
    }

    @Override
    public Object decorated() {
        return next;
    }
}
