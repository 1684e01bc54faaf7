package io.hawser.internal.http;

import io.hawser.http.Upgrade;
import io.hawser.internal.link.LinkGroup;
import io.hawser.session.Key;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// A connection of a client whose server has agreed to go on in another protocol, until somebody takes it. Where nobody
/// does within ten seconds, it ends.
public interface Switched extends Upgrade {
    /// Marks a request that may be answered with 101. To all others that is no answer.
    Key<Boolean> WANTED = Key.of("wants-another-protocol");

    /// Who goes on with it.
    interface Taker {
        /// Takes the channel over. Owner: releases `first`. Thread: the event loop of `channel`.
        ///
        /// @param group of the client's links
        /// @param first what came behind the answer already, or null
        void take(LinkGroup group, Channel channel, @Nullable ByteBuf first);

        /// It has ended meanwhile. Thread: any.
        void gone();
    }

    /// Leaves the channel to `taker`, which is told later, and once. Thread: any.
    void give(Taker taker);

    /// Ends it. Thread: any.
    void refuse();
}
