package io.hawser.hub.bench;

import java.nio.ByteBuffer;

/// Encoded requests in one direct buffer, side by side, renumbered for each write instead of encoded again.
///
/// Thread: shared by all connections of one thread; what [#range] returns is valid until the next call.
final class Requests {
    /// About what one gathering write of a good client would hold; more only spoils the cache.
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Protocol protocol;
    private final int requestBytes;
    private final int slots;
    private final ByteBuffer encoded;

    Requests(Protocol protocol, int window) {
        this.protocol = protocol;
        this.requestBytes = protocol.requestBytes();
        this.slots = Math.clamp(BUFFER_BYTES / requestBytes, 1, window);
        this.encoded = ByteBuffer.allocateDirect(slots * requestBytes);
        for (int i = 0; i < slots; i++) {
            protocol.encode(encoded, i);
        }
    }

    int requestBytes() {
        return requestBytes;
    }

    /// Requests from number `first` on, without their first `skipBytes`: `count` of them, or as many as fit.
    ByteBuffer range(long first, long count, int skipBytes) {
        int taken = (int) Math.min(count, slots);
        encoded.clear();
        for (int i = 0; i < taken; i++) {
            protocol.renumber(encoded, i * requestBytes, first + i);
        }
        return encoded.limit(taken * requestBytes).position(skipBytes);
    }
}
