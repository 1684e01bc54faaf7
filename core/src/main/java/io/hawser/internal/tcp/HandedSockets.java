package io.hawser.internal.tcp;

import io.hawser.Endpoint;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/// Listening sockets that this process was given by another: a server on the endpoint of one serves from it
/// instead of opening its own.
///
/// Thread: safe from any.
public final class HandedSockets {
    private static final ConcurrentHashMap<Endpoint, Integer> DESCRIPTORS = new ConcurrentHashMap<>();

    private HandedSockets() {}

    /// Owner: the server that takes the descriptor closes it.
    public static void put(Endpoint endpoint, int descriptor) {
        DESCRIPTORS.put(endpoint, descriptor);
    }

    static OptionalInt take(Endpoint endpoint) {
        Integer descriptor = DESCRIPTORS.remove(endpoint);
        return descriptor == null ? OptionalInt.empty() : OptionalInt.of(descriptor);
    }
}
