package io.hawser.internal.http;

import io.hawser.http.HttpVersion;
import io.hawser.http.Peer;
import io.hawser.internal.link.Addresses;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;

/// Who is at the other end of a connection, as its requests say it.
public final class ConnectionPeer {
    private ConnectionPeer() {}

    /// That of `channel`, over which HTTP of `version` is spoken. Thread: its event loop.
    public static Peer of(Channel channel, HttpVersion version) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return new Peer(
                Addresses.remote(channel),
                Addresses.endpoint(channel.localAddress()),
                tls == null ? "http" : "https",
                version,
                tls == null ? Optional.empty() : Optional.of(tls.engine().getSession()));
    }
}
