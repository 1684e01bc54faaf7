package io.hawser.internal.tls.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Tls;
import io.hawser.internal.tls.ServerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;

/// Sends back what it decrypts, and notes how each handshake ended.
final class TlsEchoServer implements AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ServerTls tls;
    private final Channel listener;

    /// The application protocol of each handshake that succeeded ("" for none), and the failures.
    final BlockingQueue<String> protocols = new LinkedBlockingQueue<>();

    final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

    private final ChannelGroup accepted = new DefaultChannelGroup(loops.next());
    private final Queue<SSLEngine> engines = new ConcurrentLinkedQueue<>();

    TlsEchoServer(Tls settings, String... alpn) {
        tls = ServerTls.start(settings, List.of(alpn));
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Echo());
                        accepted.add(channel);
                        engines.add(channel.pipeline().get(SslHandler.class).engine());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    ServerTls tls() {
        return tls;
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        // A loop that stops without a quiet period may leave channels open.
        accepted.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        tls.close();
        for (SSLEngine engine : engines)
            assertThat(ReferenceCountUtil.refCnt(engine)).isLessThanOrEqualTo(0);
    }

    private final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the peer notices
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent handshake)) return;
            if (handshake.isSuccess()) {
                String protocol = ctx.pipeline().get(SslHandler.class).applicationProtocol();
                protocols.add(protocol == null ? "" : protocol);
            } else {
                failures.add(handshake.cause());
            }
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the peer notices
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures.add(cause);
            ctx.close();
        }
    }
}
