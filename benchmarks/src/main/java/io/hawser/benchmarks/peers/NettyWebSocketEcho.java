package io.hawser.benchmarks.peers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/// Echo of WebSocket frames on bare Netty: `WebSocketServerProtocolHandler`, and a handler that writes each
/// frame and flushes once a turn. No session, no registry.
final class NettyWebSocketEcho {
    private static final int MAX_HEAD_BYTES = 16 << 10;

    private NettyWebSocketEcho() {}

    static void main(String... arguments) throws InterruptedException {
        NettyTransport.serve(PeerArguments.of(arguments), new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(MAX_HEAD_BYTES))
                        .addLast(new WebSocketServerProtocolHandler("/echo", null, false, 1 << 20))
                        .addLast(new NettyEcho.Echo());
            }
        });
    }
}
