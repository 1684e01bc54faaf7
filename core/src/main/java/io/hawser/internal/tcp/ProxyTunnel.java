package io.hawser.internal.tcp;

import io.hawser.ConnectFailed;
import io.hawser.Endpoint;
import io.hawser.internal.http.ResponseHead;
import io.hawser.tcp.HttpProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks a proxy for a tunnel, and is gone from the channel once there is one.
///
/// Source: RFC 9110, section 9.3.6
final class ProxyTunnel extends ChannelInboundHandlerAdapter {
    private final HttpProxy proxy;
    private final Endpoint target;
    private final Promise<Channel> opened;
    private @Nullable ByteBuf answer;

    private ProxyTunnel(HttpProxy proxy, Endpoint target, Promise<Channel> opened) {
        this.proxy = proxy;
        this.target = target;
        this.opened = opened;
    }

    /// Opens a tunnel on `channel`, which is connected to the proxy. Thread: its event loop.
    static Future<Channel> open(Channel channel, HttpProxy proxy, Endpoint target, int timeoutMillis) {
        Promise<Channel> opened = channel.eventLoop().newPromise();
        ProxyTunnel tunnel = new ProxyTunnel(proxy, target, opened);
        channel.pipeline().addLast(tunnel);
        channel.writeAndFlush(Unpooled.copiedBuffer(tunnel.request(), StandardCharsets.ISO_8859_1));
        Future<?> late = channel.eventLoop()
                .schedule(
                        () -> tunnel.fail(channel, "did not answer within " + timeoutMillis + " ms", null),
                        timeoutMillis,
                        TimeUnit.MILLISECONDS);
        opened.addListener(done -> late.cancel(false));
        return opened;
    }

    private String request() {
        StringBuilder text = new StringBuilder("CONNECT ").append(target).append(" HTTP/1.1\r\nHost: ");
        text.append(target).append("\r\n");
        proxy.authorization()
                .ifPresent(secret ->
                        text.append("Proxy-Authorization: ").append(secret).append("\r\n"));
        return text.append("\r\n").toString();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf all = answer;
        if (all == null) {
            all = ctx.alloc().buffer();
            answer = all;
        }
        ByteBuf in = (ByteBuf) read;
        all.writeBytes(in);
        in.release();
        try {
            ResponseHead head = ResponseHead.read(all);
            while (head != null && head.isInterim()) head = ResponseHead.read(all);
            if (head == null) return;
            if (head.status() < 200 || head.status() > 299) {
                fail(ctx.channel(), "answered " + head.status(), null);
            } else if (all.isReadable()) {
                // The server's first words come when the client has spoken: before that they are not of the server.
                fail(ctx.channel(), "sent more than an answer", null);
            } else {
                ctx.pipeline().remove(this);
                opened.trySuccess(ctx.channel());
            }
        } catch (RuntimeException malformed) {
            fail(ctx.channel(), "answered no HTTP", malformed);
        }
    }

    private void fail(Channel channel, String why, @Nullable Throwable cause) {
        opened.tryFailure(new ConnectFailed(proxy + ", asked for " + target + ", " + why, cause));
        channel.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) fail(ctx.channel(), "ended the connection", null);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx.channel(), "ended the connection", null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx.channel(), String.valueOf(cause.getMessage()), cause);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (answer != null) answer.release();
        answer = null;
    }
}
