package io.hawser.internal.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/// The stream below a [StreamChannel].
///
/// Thread: the event loop.
interface TunnelStream {
    EventLoop loop();

    /// The protocol has read so many bytes, which count in `window`.
    void giveWindow(ReceiveWindow window, int bytes);

    /// So many bytes will not be read any more.
    void giveConnectionWindow(int bytes);

    /// The channel has something to send.
    void advance();

    /// Sends the next `count` bytes of `content`, which it takes.
    void sendData(ByteBuf content, int count);

    /// The protocol has said all.
    void outputEnded();

    /// The protocol is done with the stream.
    void channelClosed();
}
