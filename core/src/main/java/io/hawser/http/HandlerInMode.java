package io.hawser.http;

import io.hawser.io.ExecutionMode;

record HandlerInMode(HttpHandler handler, ExecutionMode mode) implements HttpHandler {
    @Override
    public Response handle(Request request) throws Exception {
        return handler.handle(request);
    }

    @Override
    public ExecutionMode mode(Request request) {
        return mode;
    }

    @Override
    public HttpHandler in(ExecutionMode other) {
        return other == mode ? this : new HandlerInMode(handler, other);
    }
}
