package io.hawser.internal.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// TLS by the JDK without renegotiation, which TLS 1.2 lets a client ask for again and again at the server's expense.
///
/// The JDK can refuse it only for the whole process. OpenSSL does so by itself, and TLS 1.3 has none. Netty hands over
/// one record after another, and in TLS 1.2 the type of an encrypted one can be seen: a handshake record after the
/// handshake is a renegotiation.
final class JdkServerHandler extends SslHandler {
    private static final int HANDSHAKE_RECORD = 22;

    JdkServerHandler(SSLEngine engine) {
        super(engine);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SSLException {
        if (in.isReadable()
                && in.getUnsignedByte(in.readerIndex()) == HANDSHAKE_RECORD
                && handshakeFuture().isSuccess()) {
            in.skipBytes(in.readableBytes());
            ctx.close();
            throw new SSLException("the client asked for a renegotiation, which is refused");
        }
        super.decode(ctx, in, out);
    }
}
