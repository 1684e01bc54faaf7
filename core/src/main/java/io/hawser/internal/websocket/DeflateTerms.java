package io.hawser.internal.websocket;

/// permessage-deflate as one side of a connection does it.
///
/// @param level of our compression
/// @param minBytes shorter messages are sent as they are
/// @param maxBytes longer ones too
/// @param ownTakeover whether what we send may refer to earlier messages
/// @param ownWindowBits how far back it may refer
/// @param peerTakeover whether what the peer sends may refer to earlier messages
record DeflateTerms(
        int level, int minBytes, int maxBytes, boolean ownTakeover, int ownWindowBits, boolean peerTakeover) {}
