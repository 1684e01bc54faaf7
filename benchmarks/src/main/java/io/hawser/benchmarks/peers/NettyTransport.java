package io.hawser.benchmarks.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.net.InetSocketAddress;

/// An event loop of Netty and the channel that fits it.
record NettyTransport(IoHandlerFactory io, Class<? extends ServerChannel> channel) {
    static NettyTransport of(String name) {
        return switch (name) {
            case "epoll" -> new NettyTransport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
            case "io_uring" -> new NettyTransport(IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class);
            case "nio" -> new NettyTransport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
            default -> throw new IllegalArgumentException("unknown transport " + name);
        };
    }

    /// Serves until the process ends.
    static void serve(PeerArguments asked, ChannelInitializer<Channel> connections) throws InterruptedException {
        var transport = of(asked.transport());
        var server = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(asked.threads(), transport.io()))
                .channel(transport.channel())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(connections)
                .bind("127.0.0.1", asked.port())
                .sync()
                .channel();
        PeerArguments.ready(((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync();
    }
}
