package io.hawser.internal.link;

import io.hawser.Endpoint;
import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/// Socket addresses as the public API shows them.
public final class Addresses {
    private static final Endpoint UNKNOWN = Endpoint.of("0.0.0.0", 0);
    private static final Endpoint UNNAMED = Endpoint.parse("unix:/");

    private static final AttributeKey<Endpoint> SAID = AttributeKey.valueOf(Addresses.class, "said");

    private Addresses() {}

    /// The endpoint of `address`; `0.0.0.0:0` once a channel has forgotten it, which is null, and `unix:/`
    /// for the far end of a Unix-domain socket, which has no name.
    public static Endpoint endpoint(@Nullable SocketAddress address) {
        if (address instanceof DomainSocketAddress || address instanceof UnixDomainSocketAddress) return UNNAMED;
        return address instanceof InetSocketAddress inet && inet.getAddress() != null ? Endpoint.of(inet) : UNKNOWN;
    }

    /// Who is at the far end of `channel`: its socket's address, or what a trusted proxy said instead.
    public static Endpoint remote(Channel channel) {
        Endpoint said = channel.hasAttr(SAID) ? channel.attr(SAID).get() : null;
        return said == null ? endpoint(channel.remoteAddress()) : said;
    }

    /// A trusted proxy says for whom it opened `channel`.
    public static void remote(Channel channel, Endpoint said) {
        channel.attr(SAID).set(said);
    }
}
