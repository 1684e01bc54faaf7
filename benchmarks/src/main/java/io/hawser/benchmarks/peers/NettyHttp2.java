package io.hawser.benchmarks.peers;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/// `/plaintext` over HTTP/2 with prior knowledge on bare Netty: its frame codec, a child channel for each
/// stream, as in its own example.
final class NettyHttp2 {
    private NettyHttp2() {}

    static void add(ChannelPipeline pipeline) {
        pipeline.addLast(Http2FrameCodecBuilder.forServer().build())
                .addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline().addLast(new Hello());
                    }
                }));
    }

    private static final class Hello extends ChannelInboundHandlerAdapter {
        private static final AsciiString TEXT = AsciiString.cached(Answers.TEXT_TYPE);

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof Http2HeadersFrame head && head.isEndStream()) answer(context, head);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private static void answer(ChannelHandlerContext context, Http2HeadersFrame head) {
            boolean isThere = "/plaintext".contentEquals(head.headers().path());
            var headers = new DefaultHttp2Headers()
                    .status(isThere ? "200" : "404")
                    .set(HttpHeaderNames.DATE, Clock.ascii())
                    .set(HttpHeaderNames.CONTENT_TYPE, TEXT);
            var _ = context.write(new DefaultHttp2HeadersFrame(headers));
            var body = isThere ? Unpooled.wrappedBuffer(Answers.hello()) : Unpooled.EMPTY_BUFFER;
            var _ = context.write(new DefaultHttp2DataFrame(body, true));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
