package io.hawser.internal.http;

import io.hawser.http.Request;
import io.hawser.http.Upgrade;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// What a server can carry out of an [Upgrade]: the protocol that takes the connection over when its 101 is
/// written.
public interface Takeover extends Upgrade {
    /// What is handed over.
    ///
    /// @param channel as the TLS and the transport have it: no handler of HTTP is left in its pipeline
    /// @param first what came behind the request already, or null; the new owner releases it
    /// @param request that asked for the upgrade
    record Handover(Channel channel, @Nullable ByteBuf first, Request request) {}

    /// Takes the channel over. Thread: its event loop.
    void take(Handover handover);

    /// There is no connection to take over any more. Called in place of [#take], once. Thread: any.
    default void untaken() {}
}
