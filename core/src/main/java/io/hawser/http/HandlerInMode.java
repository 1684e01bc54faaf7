package io.hawser.http;

import io.hawser.Decorator;
import io.hawser.io.ExecutionMode;
import java.util.OptionalLong;

record HandlerInMode(HttpHandler handler, ExecutionMode mode) implements HttpHandler, Decorator {
    @Override
    public Response handle(Request request) throws Exception {
        return handler.handle(request);
    }

    @Override
    public ExecutionMode mode(Request request) {
        return mode;
    }

    @Override
    public OptionalLong maxBodyBytes(Request request) {
        return handler.maxBodyBytes(request);
    }

    @Override
    public HttpHandler in(ExecutionMode other) {
        return other == mode ? this : new HandlerInMode(handler, other);
    }

    @Override
    public Object decorated() {
        return handler;
    }
}
