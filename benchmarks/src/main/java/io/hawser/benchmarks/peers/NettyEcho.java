package io.hawser.benchmarks.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetSocketAddress;

/// Echo of MSGI frames on bare Netty: a frame decoder, and a handler that writes each frame and flushes once a turn.
///
/// No session, no registry, no limit but the frame's length: the floor under everything that does more.
final class NettyEcho {
    private static final int MAX_FRAME_BYTES = (1 << 20) + 10;

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            var _ = context.write(frame, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }

    private NettyEcho() {}

    static void main(String... arguments) throws InterruptedException {
        var asked = PeerArguments.of(arguments);
        var transport = NettyTransport.of(asked.transport());
        var loops = new MultiThreadIoEventLoopGroup(asked.threads(), transport.io());
        var server = new ServerBootstrap()
                .group(loops)
                .channel(transport.channel())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new LengthFieldBasedFrameDecoder(MAX_FRAME_BYTES, 4, 4, -8, 0))
                                .addLast(new Echo());
                    }
                })
                .bind("127.0.0.1", asked.port())
                .sync()
                .channel();
        PeerArguments.ready(((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync();
    }
}
