package io.hawser.internal.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends the handshake of a client none of whose protocols the server speaks, before OpenSSL sees it, whose binding can
/// only ignore the offer: the two sides would then talk past each other.
///
/// It stands in front of the TLS handler, which it adds itself, so that the handshake's timeout runs; it holds the
/// bytes back until the client's first message is whole, and leaves the pipeline.
///
/// Source: RFC 7301 section 3.2
final class AlpnGate extends SslClientHelloHandler<Boolean> {
    private static final int MAX_CLIENT_HELLO_BYTES = 64 << 10;
    /// A fatal alert no_application_protocol, not encrypted: nothing is agreed yet.
    private static final byte[] REFUSAL = {21, 3, 3, 0, 2, 2, 120};

    private final List<String> ours;
    private final SslHandler tls;

    AlpnGate(List<String> ours, SslHandler tls) {
        super(MAX_CLIENT_HELLO_BYTES);
        this.ours = ours;
        this.tls = tls;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addAfter(ctx.name(), null, tls);
    }

    @Override
    protected Future<Boolean> lookup(ChannelHandlerContext ctx, @Nullable ByteBuf clientHello) {
        return ctx.executor().newSucceededFuture(clientHello == null || !ClientHello.excludes(clientHello, ours));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // written or not, the connection is closed
    protected void onLookupComplete(ChannelHandlerContext ctx, Future<Boolean> welcome) {
        if (welcome.getNow()) {
            ctx.pipeline().remove(this);
        } else {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL)).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
