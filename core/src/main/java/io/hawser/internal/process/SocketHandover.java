package io.hawser.internal.process;

import io.hawser.Endpoint;
import io.hawser.Rejected;
import io.hawser.StartupFailed;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.Addresses;
import io.hawser.io.IoConfig;
import io.hawser.tcp.SocketOptions;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A listening socket from which nobody here accepts: it is handed, as a descriptor over a Unix-domain socket, to
/// other processes that do. There is one queue of the kernel for all of them, so nobody who has connected is lost
/// when one of them goes.
///
/// Thread: safe from any.
public final class SocketHandover implements AutoCloseable {
    private static final String FILE = "listen.sock";
    private static final int PATIENCE_SECONDS = 30;

    private final NettyIoThreads threads;
    private final Channel listening;
    private final Channel handing;

    private SocketHandover(NettyIoThreads threads, Endpoint listen, SocketOptions socket, Path folder) {
        this.threads = threads;
        this.listening = bound(
                new ServerBootstrap()
                        .group(threads.group())
                        .channelFactory(threads.serverChannels(listen))
                        .option(ChannelOption.SO_BACKLOG, socket.backlog())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.AUTO_READ, false) // accepts nothing
                        .childHandler(new ChannelInboundHandlerAdapter())
                        .bind(threads.addresses(listen).getFirst()),
                listen);
        try {
            this.handing = hand(folder);
        } catch (RuntimeException e) {
            listening.close().awaitUninterruptibly();
            throw e;
        }
    }

    /// Listens.
    ///
    /// @param folder which only this user may enter, for the socket over which it is handed
    /// @throws StartupFailed if the port cannot be had, or descriptors cannot be passed here
    public static SocketHandover open(Endpoint listen, SocketOptions socket, Path folder) {
        NettyIoThreads threads =
                NettyIoThreads.start(IoConfig.defaults().withThreads(1).withName("hawser-handover"));
        try {
            if (!threads.canAdopt()) {
                throw new StartupFailed(
                        "a listening socket cannot be handed to other processes here: that takes epoll or kqueue",
                        null);
            }
            return new SocketHandover(threads, listen, socket, folder);
        } catch (RuntimeException e) {
            threads.close();
            throw e;
        }
    }

    private Channel hand(Path folder) {
        Endpoint file = Endpoint.unix(folder.resolve(FILE));
        return bound(
                new ServerBootstrap()
                        .group(threads.group())
                        .channelFactory(threads.serverChannels(file))
                        .childHandler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline().addLast(new Handing());
                            }
                        })
                        .bind(threads.addresses(file).getFirst()),
                file);
    }

    private static Channel bound(ChannelFuture binding, Endpoint where) {
        if (!binding.awaitUninterruptibly().isSuccess()) {
            throw new StartupFailed(
                    "cannot listen on " + where + ": " + binding.cause().getMessage(), binding.cause());
        }
        return binding.channel();
    }

    private final class Handing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            FileDescriptor descriptor = ((UnixChannel) listening).fd();
            ctx.writeAndFlush(descriptor).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /// Where it listens, with the port that it really has.
    public Endpoint endpoint() {
        return Addresses.endpoint(listening.localAddress());
    }

    /// The descriptor of the socket that another process hands out in `folder`. Owner: the caller's to close.
    ///
    /// @throws Rejected if it gives none
    public static int receive(Path folder) {
        Endpoint file = Endpoint.unix(folder.resolve(FILE));
        CompletableFuture<Integer> received = new CompletableFuture<>();
        try (NettyIoThreads threads =
                NettyIoThreads.start(IoConfig.defaults().withThreads(1).withName("hawser-handover"))) {
            Channel channel = new Bootstrap()
                    .group(threads.group())
                    .channelFactory(threads.clientChannels(file))
                    .option(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
                    .handler(new Receiving(received))
                    .connect(threads.addresses(file).getFirst())
                    .awaitUninterruptibly()
                    .channel();
            try {
                return received.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } finally {
                channel.close().awaitUninterruptibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Rejected("interrupted while waiting for a listening socket", null);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartupFailed("no listening socket from " + file, e);
        }
    }

    private static final class Receiving extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Integer> received;

        Receiving(CompletableFuture<Integer> received) {
            this.received = received;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object read) {
            received.complete(((FileDescriptor) read).intValue());
        }

        @Override
        public void channelUnregistered(ChannelHandlerContext ctx) {
            received.completeExceptionally(new StartupFailed("it ended", null));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            received.completeExceptionally(cause);
        }
    }

    @Override
    public void close() {
        handing.close().awaitUninterruptibly();
        listening.close().awaitUninterruptibly();
        threads.close();
    }
}
