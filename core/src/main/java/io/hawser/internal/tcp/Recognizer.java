package io.hawser.internal.tcp;

import io.hawser.Endpoint;
import io.hawser.internal.link.Addresses;
import io.hawser.internal.tcp.ServerProtocol.Match;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.ShedCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds out from the first bytes which protocol a connection speaks, hands it over and is gone.
///
/// What speaks none of them, or does not say so in time, is closed without an answer.
final class Recognizer extends ChannelInboundHandlerAdapter {
    private final List<Served> served;
    private final Duration timeLimit;
    private final @Nullable TlsEntrance tls;
    private final Door door;
    private final boolean isPlainAllowed;
    private final Predicate<Endpoint> proxies;
    private boolean mayBeProxied;
    private @Nullable ByteBuf first;
    private @Nullable Future<?> timeout;

    /// @param tls where TLS may begin here, which it does not inside TLS
    /// @param proxied whether a PROXY header may come first, which it does not inside TLS
    Recognizer(List<Served> served, ListenConfig listen, Door door, @Nullable TlsEntrance tls, boolean proxied) {
        this.served = served;
        this.timeLimit = listen.recognizeTimeout();
        this.isPlainAllowed = tls == null || listen.isPlainAllowed();
        this.proxies = listen.protection().proxies().orElse(nobody -> false);
        this.mayBeProxied = proxied && listen.protection().proxies().isPresent();
        this.tls = tls;
        this.door = door;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timeout = ctx.executor().schedule(() -> unrecognized(ctx), timeLimit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timeout != null) timeout.cancel(false);
        if (first != null) first.release();
        first = null;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf in = (ByteBuf) read;
        if (!in.isReadable()) {
            in.release();
            return;
        }
        ByteBuf before = first;
        ByteBuf all = in;
        if (before != null) {
            all = ctx.alloc().buffer(before.readableBytes() + in.readableBytes());
            all.writeBytes(before).writeBytes(in);
            before.release();
            in.release();
        }
        first = all;
        decide(ctx, all);
    }

    private void decide(ChannelHandlerContext ctx, ByteBuf all) {
        if (mayBeProxied && !isBehindProxyHeader(ctx, all)) return;
        if (tls != null && all.isReadable() && TlsEntrance.begins(all)) {
            handOver(ctx);
            tls.start(ctx.channel());
            ctx.channel().pipeline().fireChannelRead(all).fireChannelReadComplete();
            return;
        }
        if (!isPlainAllowed) {
            unrecognized(ctx);
            return;
        }
        // The first that may be meant decides: an earlier one waits for more bytes before a later one is asked.
        for (Served candidate : served) {
            Match match = candidate.protocol().match(all);
            if (match == Match.YES) {
                handOver(ctx);
                candidate.take(ctx.channel(), all);
                return;
            }
            if (match == Match.MAYBE) return;
        }
        unrecognized(ctx);
    }

    private void unrecognized(ChannelHandlerContext ctx) {
        door.shed(ShedCause.UNRECOGNIZED);
        ctx.close();
    }

    /// @return false if there is nothing to decide on yet, or any more
    private boolean isBehindProxyHeader(ChannelHandlerContext ctx, ByteBuf all) {
        if (proxies.test(Addresses.remote(ctx.channel()))) {
            ProxyHeader header = new ProxyHeader();
            ProxyHeader.Found found = header.take(all);
            if (found == ProxyHeader.Found.BAD) unrecognized(ctx);
            if (found == ProxyHeader.Found.BAD || found == ProxyHeader.Found.UNFINISHED) return false;
            if (header.source().isPresent() && !isAdmitted(ctx, header.source().get())) return false;
        }
        mayBeProxied = false;
        return all.isReadable()
                || (isPlainAllowed && served.getFirst().protocol().takesAll());
    }

    private boolean isAdmitted(ChannelHandlerContext ctx, Endpoint source) {
        Addresses.remote(ctx.channel(), source);
        if (door.identified(ctx.channel(), source)) return true;
        ctx.close();
        return false;
    }

    private void handOver(ChannelHandlerContext ctx) {
        first = null;
        ctx.pipeline().remove(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
