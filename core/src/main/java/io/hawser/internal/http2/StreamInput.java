package io.hawser.internal.http2;

import io.hawser.http.Headers;
import io.netty.buffer.ByteBuf;

/// What takes in the DATA of one stream: the body of a request, or the protocol that took the stream over.
///
/// Thread: the event loop.
interface StreamInput {
    /// Whether nothing more will come.
    boolean isOver();

    /// A frame of so many bytes begins.
    ///
    /// @return false if the peer was not allowed to send them
    boolean takeWindow(int bytes);

    /// Room for `bytes` that nobody has to read.
    void giveWindow(int bytes);

    /// Takes the next `bytes` of `in`.
    void data(ByteBuf in, int bytes);

    /// All has come.
    void end(Headers trailers);

    /// We have said all: what still comes is to be thrown away, if it is little enough.
    ///
    /// @return false if the stream should end instead
    boolean discard();

    /// The stream is gone.
    void abandon();

    /// To be called about twice a second.
    void tick(long now);
}
