package io.hawser.internal.http2;

import io.netty.buffer.ByteBuf;

/// What a [FrameReader] has read, in order. Frames that are malformed in themselves never get here.
///
/// Errors: a [io.hawser.ProtocolError] ends the connection with its code.
interface FrameHandler {
    /// A DATA frame begins.
    ///
    /// @param flowBytes that count for flow control, padding included
    /// @param contentBytes that will come by [#data]
    /// @param isLast whether [#dataEnds] follows
    void dataBegins(int stream, int flowBytes, int contentBytes, boolean isLast);

    /// What has come of a DATA frame: the next `bytes` of `in`, which it takes.
    void data(int stream, ByteBuf in, int bytes);

    /// The DATA frame that has come was the last of its stream.
    void dataEnds(int stream);

    /// A whole header block: all that is readable of `block`, which it takes.
    ///
    /// @param dependsOnItself whether the stream claims to, which no stream may
    void headers(int stream, ByteBuf block, boolean endsStream, boolean dependsOnItself);

    void reset(int stream, int code);

    /// One of the settings of a frame; [#settingsEnd] follows the last.
    void setting(int id, long value);

    void settingsEnd();

    void settingsAcknowledged();

    void ping(long payload);

    void pong(long payload);

    void goAway(int lastStream, int code);

    /// The peer has room for more.
    ///
    /// @param stream or 0 for the connection
    void windowUpdate(int stream, int increment);

    /// A frame was malformed in a way that ends its stream only.
    void streamError(int stream, int code);

    /// A frame that says nothing: of an unknown type, or a priority.
    void ignored(int stream);
}
