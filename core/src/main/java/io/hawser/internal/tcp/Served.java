package io.hawser.internal.tcp;

import io.hawser.internal.io.NettyIoThreads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// A protocol and its work on one port.
record Served(ServerProtocol protocol, ServerProtocol.Service service, Door door) {
    static Served open(ServerProtocol protocol, NettyIoThreads threads, Door door) {
        return new Served(protocol, protocol.open(threads, door), door);
    }

    /// Serves the channel, or tells its peer why not. Owner: releases `first`.
    void take(Channel channel, @Nullable ByteBuf first) {
        Visitor visitor = Visitor.of(channel);
        if (visitor != null && visitor.refusal() == null && !hasPlace(visitor) && !door.refuse(channel, visitor)) {
            if (first != null) first.release();
            channel.close();
            return;
        }
        Refusal refusal = visitor == null ? null : visitor.refusal();
        if (refusal == null) service.serve(channel, first);
        else service.refuse(channel, first == null ? Unpooled.EMPTY_BUFFER : first, refusal);
    }

    private boolean hasPlace(Visitor visitor) {
        if (visitor.isInReserve()) return protocol.usesReserve();
        return service.links().live() < door.limits().of(protocol.name());
    }
}
