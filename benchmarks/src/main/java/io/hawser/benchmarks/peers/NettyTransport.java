package io.hawser.benchmarks.peers;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;

/// An event loop of Netty's and the channel that fits it.
record NettyTransport(IoHandlerFactory io, Class<? extends ServerChannel> channel) {
    static NettyTransport of(String name) {
        return switch (name) {
            case "epoll" -> new NettyTransport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
            case "io_uring" -> new NettyTransport(IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class);
            case "nio" -> new NettyTransport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
            default -> throw new IllegalArgumentException("unknown transport " + name);
        };
    }
}
