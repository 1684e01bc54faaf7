package io.hawser.hub.bench;

import java.nio.ByteBuffer;

/// What the load generator says to a server, and how it knows the answer.
///
/// All requests of a run have one length, so a batch of them is encoded once and afterwards only renumbered.
///
/// Thread: one protocol belongs to one thread; the [Responses] that it makes share its scratch memory.
public interface Protocol {
    /// The name on the command line and in reports.
    String name();

    /// Length of every request.
    int requestBytes();

    /// Length of the answer to every request.
    int responseBytes();

    /// Writes request number `sequence` at the position of `out`.
    void encode(ByteBuffer out, long sequence);

    /// Makes the request that was encoded at `index` of `out` request number `sequence`; nothing where
    /// requests do not differ.
    default void renumber(ByteBuffer out, int index, long sequence) {}

    /// The answers of one new connection, whose first request has the number 0.
    Responses responses();

    /// What a new connection says before its first request, and waits for an answer to; nothing when not
    /// remaining.
    default ByteBuffer greeting() {
        return ByteBuffer.allocate(0);
    }

    /// What an otherwise silent connection sends now and then so that the server keeps it; nothing when not
    /// remaining.
    default ByteBuffer keepAlive() {
        return ByteBuffer.allocate(0);
    }
}
