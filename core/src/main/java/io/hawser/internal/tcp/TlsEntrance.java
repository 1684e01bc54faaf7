package io.hawser.internal.tcp;

import io.hawser.internal.tls.ServerTls;
import io.hawser.tcp.ListenConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// TLS at the door of a port: the handshake, then the protocol that ALPN named or, without ALPN, that the
/// first bytes inside show.
final class TlsEntrance {
    private static final int HANDSHAKE_RECORD = 0x16;

    private final @Nullable ServerTls tls;
    private final boolean isRequired;
    private final List<Served> served;
    private final ListenConfig listen;
    private final Door door;

    private TlsEntrance(@Nullable ServerTls tls, ListenConfig listen, List<Served> served, Door door) {
        this.tls = tls;
        this.isRequired = tls != null && !listen.isPlainAllowed();
        this.listen = listen;
        this.door = door;
        this.served = served;
    }

    /// @throws io.hawser.StartupFailed if the certificate or key cannot be used
    static TlsEntrance of(ListenConfig listen, List<Served> served, Door door) {
        List<String> alpn = served.stream()
                .map(each -> each.protocol().alpn())
                .flatMap(List::stream)
                .toList();
        return new TlsEntrance(
                listen.tls().map(config -> ServerTls.start(config, alpn)).orElse(null), listen, served, door);
    }

    /// Whether a connection begins with TLS.
    ///
    /// @param first at least one byte
    static boolean begins(ByteBuf first) {
        return first.getByte(first.readerIndex()) == HANDSHAKE_RECORD;
    }

    boolean isPossible() {
        return tls != null;
    }

    boolean isRequired() {
        return isRequired;
    }

    /// Begins the handshake on `channel`. Thread: its event loop.
    void start(Channel channel) {
        ServerTls server = tls;
        if (server == null) throw new IllegalStateException("no TLS here");
        channel.pipeline().addLast(server.newHandler(channel.alloc())).addLast(new Handshake());
    }

    /// As [ServerTls#reload()]; false where there is no TLS.
    boolean reload() {
        return tls != null && tls.reload();
    }

    void close() {
        if (tls != null) tls.close();
    }

    private final class Handshake extends ChannelInboundHandlerAdapter {
        private final long begunNanos = System.nanoTime();

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) ctx.close();
            if (!(event instanceof SslHandshakeCompletionEvent end)) return;
            door.counts().handshake(end.isSuccess(), System.nanoTime() - begunNanos);
            if (!end.isSuccess()) {
                ctx.close();
                return;
            }
            ctx.pipeline().remove(this);
            Optional<Served> agreed = agreed(ctx.channel());
            if (agreed.isPresent()) agreed.get().take(ctx.channel(), null);
            else if (served.getFirst().protocol().takesAll()) served.getFirst().take(ctx.channel(), null);
            else ctx.pipeline().addLast(new Recognizer(served, listen, door, null, false));
        }

        private Optional<Served> agreed(Channel channel) {
            SslHandler handler = channel.pipeline().get(SslHandler.class);
            String name = handler == null ? null : handler.applicationProtocol();
            return name == null
                    ? Optional.empty()
                    : served.stream()
                            .filter(each -> each.protocol().alpn().contains(name))
                            .findFirst();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
