package io.hawser.internal.tcp;

import io.hawser.ConnectFailed;
import io.hawser.Endpoint;
import io.hawser.tcp.HttpProxy;
import io.hawser.tcp.Proxy;
import io.hawser.tcp.SocksProxy;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks a proxy for a connection to a target, and is gone from the channel once there is one.
///
/// Thread: the event loop.
abstract class Tunnel extends ChannelInboundHandlerAdapter {
    final Endpoint target;
    private final Proxy proxy;
    private final Promise<Channel> opened;
    private @Nullable ByteBuf answer;

    Tunnel(Proxy proxy, Endpoint target, Promise<Channel> opened) {
        this.proxy = proxy;
        this.target = target;
        this.opened = opened;
    }

    /// Opens a tunnel on `channel`, which is connected to the proxy. Thread: its event loop.
    static Future<Channel> open(Channel channel, Proxy proxy, Endpoint target, int timeoutMillis) {
        Promise<Channel> opened = channel.eventLoop().newPromise();
        Tunnel tunnel = switch (proxy) {
            case HttpProxy http -> new HttpTunnel(http, target, opened);
            case SocksProxy socks -> new SocksTunnel(socks, target, opened);
        };
        channel.pipeline().addLast(tunnel);
        tunnel.ask(channel);
        Future<?> late = channel.eventLoop()
                .schedule(
                        () -> tunnel.fail(channel, "did not answer within " + timeoutMillis + " ms", null),
                        timeoutMillis,
                        TimeUnit.MILLISECONDS);
        opened.addListener(done -> late.cancel(false));
        return opened;
    }

    /// Says the first words.
    abstract void ask(Channel channel);

    /// Takes what is whole of the answer; the rest comes again, with more behind it.
    abstract void answered(ChannelHandlerContext ctx, ByteBuf all);

    /// The proxy has said all, and yes.
    final void connected(ChannelHandlerContext ctx, ByteBuf rest) {
        if (rest.isReadable()) {
            // The server's first words come when the client has spoken: before that they are not of the server.
            fail(ctx.channel(), "sent more than an answer", null);
            return;
        }
        ctx.pipeline().remove(this);
        opened.trySuccess(ctx.channel());
    }

    final void fail(Channel channel, String why, @Nullable Throwable cause) {
        opened.tryFailure(new ConnectFailed(proxy + ", asked for " + target + ", " + why, cause));
        channel.close();
    }

    /// Whether nothing more is to be taken.
    final boolean isOver() {
        return answer == null;
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf all = answer;
        if (all == null) {
            all = ctx.alloc().buffer();
            answer = all;
        }
        ByteBuf in = (ByteBuf) read;
        all.writeBytes(in);
        in.release();
        answered(ctx, all);
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) fail(ctx.channel(), "ended the connection", null);
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx.channel(), "ended the connection", null);
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx.channel(), String.valueOf(cause.getMessage()), cause);
    }

    @Override
    public final void handlerRemoved(ChannelHandlerContext ctx) {
        if (answer != null) answer.release();
        answer = null;
    }
}
