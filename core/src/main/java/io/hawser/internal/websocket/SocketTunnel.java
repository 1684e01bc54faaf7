package io.hawser.internal.websocket;

import io.hawser.TimeSource;
import io.hawser.internal.http.Switched;
import io.hawser.internal.http.Takeover;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.tcp.Guests;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A WebSocket that a server behind has accepted, on its way to the client that asked for it.
///
/// @param idle how long nothing may go either way
/// @param subprotocol that was agreed on, null for none
record SocketTunnel(
        Switched server, Duration idle, @Nullable String subprotocol) implements Takeover {
    private record Kind(Duration idle) {
        LinkGroup open(NettyIoThreads threads) {
            ConnectionLimits limits = ConnectionLimits.defaults().withIdleTimeout(idle);
            return new LinkGroup(
                    limits, new IoDispatcher(threads, ExecutionMode.EVENT_LOOP), false, TimeSource.system());
        }
    }

    @Override
    public String protocol() {
        return "websocket";
    }

    @Override
    public void take(Handover handover) {
        Channel channel = handover.channel();
        Kind kind = new Kind(idle);
        TunnelLink client = TunnelLink.ofClient(Guests.of(channel).group(kind, kind::open), channel, subprotocol);
        channel.pipeline().addLast(client);
        client.start(handover.first());
        server.give(new Joining(client));
    }

    @Override
    public void untaken() {
        server.refuse();
    }

    private record Joining(TunnelLink client) implements Switched.Taker {
        @Override
        public void take(LinkGroup group, Channel channel, @Nullable ByteBuf first) {
            TunnelLink server = TunnelLink.ofServer(group, channel, client);
            channel.pipeline().addLast(server);
            server.start(first);
            client.join(server);
        }

        @Override
        public void gone() {
            client.joinNone();
        }
    }
}
