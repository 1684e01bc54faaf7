package io.hawser.tcp;

import io.hawser.internal.tcp.FramedProtocol;
import io.hawser.internal.tcp.ServerProtocol;
import io.hawser.io.ConnectionLimits;

/// A protocol that a [TcpServer] speaks. Several share one port: the first bytes of a connection decide.
public sealed interface Protocol permits ServerProtocol {
    /// Any framing of one's own. It takes every connection, so it is the last of a server's protocols.
    static <F> Protocol framed(Framing<F> framing, ConnectionLimits limits, ConnectionHandler<F> handler) {
        return new FramedProtocol<>(framing, limits, handler);
    }
}
