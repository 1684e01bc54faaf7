package io.hawser.benchmarks.peers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.util.concurrent.GlobalEventExecutor;

/// WebSocket frames on bare Netty: `WebSocketServerProtocolHandler`, and a handler that writes each frame
/// back and flushes once a turn, or one that writes each to a channel group. No session, no registry.
final class NettyWebSocket {
    private static final int MAX_HEAD_BYTES = 16 << 10;
    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final int MAX_WINDOW = 15;
    private static final int LEVEL = 6;

    /// Writes whatever it is given to all whose handshake is done.
    @ChannelHandler.Sharable
    private static final class ToAll extends ChannelInboundHandlerAdapter {
        private final ChannelGroup all = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) all.add(context.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            var _ = all.writeAndFlush(frame);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }

    private NettyWebSocket() {}

    static void main(String... arguments) throws InterruptedException {
        var asked = PeerArguments.of(arguments);
        var toAll = new ToAll();
        NettyTransport.serve(asked, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                var pipeline = channel.pipeline();
                pipeline.addLast(new HttpServerCodec()).addLast(new HttpObjectAggregator(MAX_HEAD_BYTES));
                if (asked.is("deflate")) pipeline.addLast(deflate());
                pipeline.addLast(
                        new WebSocketServerProtocolHandler("/echo", null, asked.is("deflate"), MAX_MESSAGE_BYTES));
                pipeline.addLast(asked.is("broadcast") ? toAll : new NettyEcho.Echo());
            }
        });
    }

    /// As `WebSocketServerCompressionHandler`, and a client may have the server forget its window.
    private static ChannelHandler deflate() {
        return new WebSocketServerExtensionHandler(new PerMessageDeflateServerExtensionHandshaker(
                LEVEL, true, MAX_WINDOW, true, false, MAX_MESSAGE_BYTES));
    }
}
