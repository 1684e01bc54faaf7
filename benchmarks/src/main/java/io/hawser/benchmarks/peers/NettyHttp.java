package io.hawser.benchmarks.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/// `GET /plaintext` on bare Netty: its HTTP codec, and a handler that answers each request and flushes once a turn. As
/// in
/// its own example, with the `Date` that RFC 9110 asks for, made once a second.
final class NettyHttp {
    private static final byte[] HELLO = "Hello, World!".getBytes(StandardCharsets.US_ASCII);
    private static volatile String date = now();

    private NettyHttp() {}

    private static String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    private static final class Hello extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof HttpRequest request) answer(context, request);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private static void answer(ChannelHandlerContext context, HttpRequest request) {
            boolean isThere = request.uri().equals("/plaintext");
            var response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    isThere ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND,
                    isThere ? Unpooled.wrappedBuffer(HELLO) : Unpooled.EMPTY_BUFFER);
            response.headers()
                    .set(HttpHeaderNames.DATE, date)
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, isThere ? HELLO.length : 0);
            var _ = context.write(response, context.voidPromise());
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

    static void main(String... arguments) throws InterruptedException {
        var asked = PeerArguments.of(arguments);
        var transport = NettyTransport.of(asked.transport());
        var loops = new MultiThreadIoEventLoopGroup(asked.threads(), transport.io());
        var _ = loops.scheduleAtFixedRate(() -> date = now(), 1, 1, TimeUnit.SECONDS);
        var server = new ServerBootstrap()
                .group(loops)
                .channel(transport.channel())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec()).addLast(new Hello());
                    }
                })
                .bind("127.0.0.1", asked.port())
                .sync()
                .channel();
        PeerArguments.ready(((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync();
    }
}
