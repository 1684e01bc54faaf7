package io.hawser.internal.tcp;

import io.hawser.Endpoint;
import io.hawser.io.Transport;
import io.hawser.tcp.SocketOptions;
import io.netty.channel.ChannelOption;

/// [SocketOptions] in Netty's terms.
final class ChannelOptions {
    interface Target {
        <T> Object set(ChannelOption<T> option, T value);
    }

    private ChannelOptions() {}

    static void apply(SocketOptions socket, Endpoint endpoint, Transport transport, Target target) {
        if (!endpoint.isUnix()) {
            target.set(ChannelOption.TCP_NODELAY, socket.noDelay());
            target.set(ChannelOption.SO_KEEPALIVE, socket.keepAlive());
        }
        // A peer that has said all it wanted to say still gets its answers.
        // (Netty's Unix-domain sockets on NIO cannot wait for that: they close with the peer's end.)
        if (!endpoint.isUnix() || transport != Transport.NIO) target.set(ChannelOption.ALLOW_HALF_CLOSURE, true);
        if (socket.sendBufferBytes() > 0) target.set(ChannelOption.SO_SNDBUF, socket.sendBufferBytes());
        if (socket.receiveBufferBytes() > 0) target.set(ChannelOption.SO_RCVBUF, socket.receiveBufferBytes());
    }
}
