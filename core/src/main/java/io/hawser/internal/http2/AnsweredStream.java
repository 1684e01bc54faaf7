package io.hawser.internal.http2;

import io.hawser.http.Headers;
import io.netty.buffer.ByteBuf;

/// A stream of a client, as the frames of its server see it: a call, or a tunnel.
///
/// Thread: the event loop.
interface AnsweredStream {
    int id();

    /// Whether the head of its answer has come.
    boolean hasHead();

    /// A head, interim ones too.
    ///
    /// @param bodyLength that it says, below zero if none
    void head(int status, Headers headers, long bodyLength, boolean endsStream);

    /// A frame of so many bytes begins.
    ///
    /// @return false if the server was not allowed to send them
    boolean takeWindow(int bytes);

    /// Room for `bytes` that nobody has to read.
    void giveWindow(int bytes);

    /// Takes the next `bytes` of `in`.
    void data(ByteBuf in, int bytes);

    /// The server has said all.
    void receivedAll(Headers trailers);

    /// The server has reset it.
    void resetByServer(int code);

    /// The server goes away, and knows nothing of it.
    void leftOut();

    /// The server breaks the rules of the stream.
    void malformed(String what);

    /// The server allows `bytes` more, or less if it is below zero.
    ///
    /// @return false if that is more than can be allowed
    boolean growWindow(int bytes);

    /// Ends it with `why`, without a word to the server.
    void fail(RuntimeException why);

    /// To be called about twice a second.
    void tick(long now, long idleNanos, long stallNanos);
}
