package io.hawser.internal.tcp;

import io.hawser.Endpoint;
import io.hawser.TimeSource;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.Connection;
import io.hawser.tcp.ConnectionHandler;
import io.hawser.tcp.Framing;

/// Client connections under any framing. Each holds the shared event loops until it is closed.
public final class FramedConnections {
    private FramedConnections() {}

    public static <F> Connection<F> pulled(
            Endpoint endpoint, Framing<F> framing, ConnectConfig config, ConnectionLimits limits) {
        return connect(endpoint, framing, config, limits, (connection, frame) -> {}, true);
    }

    public static <F> Connection<F> handled(
            Endpoint endpoint,
            Framing<F> framing,
            ConnectConfig config,
            ConnectionLimits limits,
            ConnectionHandler<F> handler) {
        return connect(endpoint, framing, config, limits, handler, false);
    }

    private static <F> Connection<F> connect(
            Endpoint endpoint,
            Framing<F> framing,
            ConnectConfig config,
            ConnectionLimits limits,
            ConnectionHandler<F> handler,
            boolean pulled) {
        NettyIoThreads threads = NettyIoThreads.shared();
        Connector connector = null;
        try {
            ExecutionMode mode = pulled ? ExecutionMode.VIRTUAL : handler.mode();
            LinkGroup group = new LinkGroup(limits, new IoDispatcher(threads, mode), pulled, TimeSource.system());
            connector = Connector.open(threads, config);
            Connector own = connector;
            TcpLink<F> link = connector.connect(endpoint, channel -> new TcpLink<>(group, framing, handler, channel));
            // The threads must not be waited for on one of themselves.
            link.channel()
                    .closeFuture()
                    .addListener(closed -> Thread.startVirtualThread(() -> {
                        own.close();
                        threads.close();
                    }));
            return link;
        } catch (RuntimeException e) {
            if (connector != null) connector.close();
            threads.close();
            throw e;
        }
    }
}
