package io.hawser.internal.tcp;

import io.hawser.tcp.SocketOptions;
import io.netty.channel.ChannelOption;

/// [SocketOptions] in Netty's terms.
final class ChannelOptions {
    interface Target {
        <T> Object set(ChannelOption<T> option, T value);
    }

    private ChannelOptions() {}

    static void apply(SocketOptions socket, Target target) {
        target.set(ChannelOption.TCP_NODELAY, socket.noDelay());
        target.set(ChannelOption.SO_KEEPALIVE, socket.keepAlive());
        // A peer that has said all it wanted to say still gets its answers.
        target.set(ChannelOption.ALLOW_HALF_CLOSURE, true);
        if (socket.sendBufferBytes() > 0) target.set(ChannelOption.SO_SNDBUF, socket.sendBufferBytes());
        if (socket.receiveBufferBytes() > 0) target.set(ChannelOption.SO_RCVBUF, socket.receiveBufferBytes());
    }
}
