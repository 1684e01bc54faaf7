package io.hawser.internal.tls;

import io.hawser.ConnectFailed;
import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.Tls;
import io.hawser.TlsTrust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// The client's side of TLS: a handler for each connection, which checks that the server is the one that was meant.
///
/// Thread: safe from any.
///
/// Owner: whoever opened it closes it.
public final class ClientTls implements AutoCloseable {
    private final Tls tls;
    private final ReloadingContext context;

    private ClientTls(Tls tls, List<String> alpn, TimeSource time) {
        this.tls = tls;
        this.context = new ReloadingContext(tls, new TlsContextBuilder(tls, alpn)::client, time);
    }

    /// Reads the files of `tls` and watches them from now on.
    ///
    /// @param alpn the protocols to offer, best first; the handler's `applicationProtocol` is the server's choice
    /// @throws StartupFailed naming the file or setting that does not fit
    public static ClientTls open(Tls tls, List<String> alpn) {
        return new ClientTls(tls, alpn, TimeSource.system());
    }

    /// The handler of a connection to `peer`, whose host must be in the server's certificate.
    public SslHandler newHandler(ByteBufAllocator allocator, Endpoint peer) {
        SslHandler handler = context.with(current -> current.newHandler(allocator, peerName(peer), peer.port()));
        handler.setHandshakeTimeoutMillis(tls.handshakeTimeout().toMillis());
        return handler;
    }

    /// Whether the chain of a server that `session` trusts has a key that is wanted.
    public boolean hasPinnedKey(SSLSession session) {
        if (!(tls.trust() instanceof TlsTrust.Pinned pinned)) return true;
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                boolean isPinned = certificate instanceof X509Certificate x509
                        && pinned.pins().contains(TlsTrust.Pinned.of(x509));
                if (isPinned) return true;
            }
            return false;
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }

    /// Certificates have no trailing dots and no zones.
    private static String peerName(Endpoint peer) {
        String host = peer.host();
        if (host.endsWith(".")) return host.substring(0, host.length() - 1);
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }

    /// The error of a handshake with `peer` that failed with `cause`, naming what is behind it.
    public static ConnectFailed failure(Endpoint peer, Throwable cause) {
        Throwable reason = cause;
        while (reason.getCause() != null) reason = reason.getCause();
        String message = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        return new ConnectFailed("TLS with " + peer + " failed: " + message, cause);
    }

    /// Reads the files now instead of within the next seconds.
    ///
    /// @return whether they had changed
    /// @throws StartupFailed if what they hold now cannot be used; what was read before stays
    public boolean reload() {
        return context.reload();
    }

    /// Stops watching the files. Connections live on.
    @Override
    public void close() {
        context.close();
    }
}
