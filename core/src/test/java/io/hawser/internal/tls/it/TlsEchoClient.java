package io.hawser.internal.tls.it;

import io.hawser.Endpoint;
import io.hawser.internal.tls.ClientTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One connection of our own client to a server on this machine, under whatever name.
final class TlsEchoClient implements AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final Channel channel;
    private final SslHandler handler;

    /// @param meant whom the client believes to call
    TlsEchoClient(ClientTls tls, Endpoint meant) {
        handler = tls.newHandler(ByteBufAllocator.DEFAULT, meant);
        channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connected) {
                        connected.pipeline().addLast(handler, new Receiver());
                    }
                })
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), meant.port()))
                .syncUninterruptibly()
                .channel();
    }

    /// The handler, when its handshake is over.
    SslHandler handshaken() throws InterruptedException {
        handler.handshakeFuture().await();
        return handler;
    }

    String echo(String text) throws InterruptedException {
        channel.writeAndFlush(ByteBufUtil.writeUtf8(channel.alloc(), text)).await();
        String answer = received.poll(30, TimeUnit.SECONDS);
        return answer == null ? "no answer" : answer;
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            received.add(message.toString(StandardCharsets.UTF_8));
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the handshake's future tells
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
