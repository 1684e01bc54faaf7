package io.hawser.session;

import io.hawser.io.ExecutionMode;

record HandlerInMode(SessionHandler decorated, ExecutionMode mode) implements ForwardingHandler {
    @Override
    public SessionHandler in(ExecutionMode other) {
        return new HandlerInMode(decorated, other);
    }
}
