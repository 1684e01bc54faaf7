package io.hawser.internal.tcp;

import io.hawser.internal.io.NettyIoThreads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// A protocol and its work on one port.
record Served(ServerProtocol protocol, ServerProtocol.Service service, PortLimits limits, PortCounts counts) {
    static Served open(
            ServerProtocol protocol,
            NettyIoThreads threads,
            Newcomers newcomers,
            PortLimits limits,
            PortCounts counts) {
        return new Served(protocol, protocol.open(threads, newcomers), limits, counts);
    }

    /// Owner: releases `first`.
    ///
    /// @param isFull the port has no place for it
    void take(Channel channel, @Nullable ByteBuf first, boolean isFull) {
        boolean isOver = service.links().live() >= limits.of(protocol.name());
        if (isOver && !isFull) counts.refused();
        if (isFull || isOver) service.refuse(channel, first == null ? Unpooled.EMPTY_BUFFER : first);
        else service.serve(channel, first);
    }
}
