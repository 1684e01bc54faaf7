package io.hawser.internal.http2;

import io.netty.buffer.ByteBuf;

/// What a connection sends in one go.
interface Frame {
    /// How many bytes [#write] needs; more are made room for.
    int sizeAround();

    void write(ByteBuf to);

    /// Writes what stands before a payload.
    static void header(ByteBuf to, int length, int type, int flags, int stream) {
        to.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
    }
}
