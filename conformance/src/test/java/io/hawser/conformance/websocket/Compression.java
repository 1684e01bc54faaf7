package io.hawser.conformance.websocket;

/// permessage-deflate as the client offers it.
///
/// @param offer the field of the client's handshake, empty for none
/// @param serverTakeover whether what the server sends refers to earlier messages
/// @param clientTakeover the same for the client
record Compression(String offer, boolean serverTakeover, boolean clientTakeover, int serverBits, int clientBits) {
    static final Compression NONE = new Compression("", false, false, 15, 15);

    static Compression of(boolean serverTakeover, boolean clientTakeover, int serverBits, int clientBits) {
        StringBuilder offer = new StringBuilder("permessage-deflate");
        if (!serverTakeover) offer.append("; server_no_context_takeover");
        if (!clientTakeover) offer.append("; client_no_context_takeover");
        if (serverBits < 15) offer.append("; server_max_window_bits=").append(serverBits);
        offer.append("; client_max_window_bits");
        if (clientBits < 15) offer.append('=').append(clientBits);
        return new Compression(offer.toString(), serverTakeover, clientTakeover, serverBits, clientBits);
    }

    boolean isNone() {
        return offer.isEmpty();
    }
}
