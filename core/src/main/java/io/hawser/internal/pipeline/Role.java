package io.hawser.internal.pipeline;

import io.hawser.messaging.Direction;

/// Which end of a connection this side is.
public enum Role {
    CLIENT(Direction.CLIENT_TO_SERVER, Direction.SERVER_TO_CLIENT),
    SERVER(Direction.SERVER_TO_CLIENT, Direction.CLIENT_TO_SERVER);

    private final Direction sends;
    private final Direction receives;

    Role(Direction sends, Direction receives) {
        this.sends = sends;
        this.receives = receives;
    }

    Direction sends() {
        return sends;
    }

    Direction receives() {
        return receives;
    }
}
