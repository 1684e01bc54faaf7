package io.hawser.internal.link;

import io.hawser.Endpoint;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Socket addresses as the public API shows them.
public final class Addresses {
    private static final Endpoint UNKNOWN = Endpoint.of("0.0.0.0", 0);

    private Addresses() {}

    /// The endpoint of `address`; `0.0.0.0:0` once a channel has forgotten it, which is null.
    public static Endpoint endpoint(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? Endpoint.of(inet.getAddress().getHostAddress(), inet.getPort())
                : UNKNOWN;
    }
}
