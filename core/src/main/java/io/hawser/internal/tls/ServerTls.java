package io.hawser.internal.tls;

import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.Tls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.List;

/// The server's side of TLS: a handler for each connection, from files that may change while it runs.
///
/// Thread: safe from any.
///
/// Owner: whoever started it closes it.
public final class ServerTls implements AutoCloseable {
    private final Tls tls;
    private final List<String> alpn;
    private final ReloadingContext context;

    private ServerTls(Tls tls, List<String> alpn, TimeSource time) {
        this.tls = tls;
        this.alpn = List.copyOf(alpn);
        this.context = new ReloadingContext(tls, new TlsContextBuilder(tls, alpn)::server, time);
    }

    /// Reads the files of `tls` and watches them from now on.
    ///
    /// @param alpn the protocols that the server speaks, best first; a client that offers only others is refused,
    ///     one that offers none at all is not
    /// @throws StartupFailed naming the file or setting that does not fit
    public static ServerTls start(Tls tls, List<String> alpn) {
        return start(tls, alpn, TimeSource.system());
    }

    /// The same with the clock that decides when to look at the files, and whether a certificate has expired.
    public static ServerTls start(Tls tls, List<String> alpn, TimeSource time) {
        return new ServerTls(tls, alpn, time);
    }

    /// What to add to the pipeline of an accepted connection. Once added, the pipeline has an [SslHandler].
    public ChannelHandler newHandler(ByteBufAllocator allocator) {
        return context.with(current -> {
            if (current instanceof JdkSslContext) {
                return withTimeout(new JdkServerHandler(current.newEngine(allocator)));
            }
            SslHandler handler = withTimeout(current.newHandler(allocator));
            return alpn.isEmpty() ? handler : new AlpnGate(alpn, handler);
        });
    }

    private SslHandler withTimeout(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(tls.handshakeTimeout().toMillis());
        return handler;
    }

    /// Reads the files now instead of within the next seconds.
    ///
    /// @return whether they had changed
    /// @throws StartupFailed if what they hold now cannot be used; the old certificate stays
    public boolean reload() {
        return context.reload();
    }

    /// Who does the cryptography, e.g. `BoringSSL` or `JDK 25`.
    public String provider() {
        return context.with(current ->
                TlsProviders.describe(current instanceof JdkSslContext ? SslProvider.JDK : SslProvider.OPENSSL_REFCNT));
    }

    /// Stops watching the files. Connections live on.
    @Override
    public void close() {
        context.close();
    }
}
