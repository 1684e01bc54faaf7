package io.hawser.internal.websocket;

import java.util.Optional;

/// What the two sides of a connection agreed on in their handshake.
///
/// @param subprotocol that the server chose, if any
/// @param deflate how messages are compressed, if they are
public record Agreed(Optional<String> subprotocol, Optional<DeflateTerms> deflate) {
    static final Agreed NOTHING = new Agreed(Optional.empty(), Optional.empty());
}
