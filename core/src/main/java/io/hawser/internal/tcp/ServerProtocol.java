package io.hawser.internal.tcp;

import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.LinkGroup;
import io.hawser.session.CloseReason;
import io.hawser.session.Sessions;
import io.hawser.tcp.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The inner side of a [Protocol]. One instance can serve several ports, each through a [Service] of its own.
public non-sealed interface ServerProtocol extends Protocol {
    /// What the first bytes of a connection say.
    enum Match {
        YES,
        NO,
        /// It could be this protocol; more bytes will tell.
        MAYBE
    }

    /// Whether it takes every connection, and from the first moment: its server may have to speak first.
    default boolean takesAll() {
        return false;
    }

    /// What figures and limits call it.
    default String name() {
        return alpn().isEmpty() ? "tcp" : alpn().getFirst();
    }

    /// Its names in ALPN, best first.
    default List<String> alpn() {
        return List.of();
    }

    /// Whether the connection that begins with `first` speaks it.
    ///
    /// @param first what was read, at least one byte
    Match match(ByteBuf first);

    /// Whether some of its requests are answered on the connections that are kept for them when all others
    /// are taken: then it asks [Visitor#isInReserve()].
    default boolean usesReserve() {
        return false;
    }

    /// The application's own handler, which may be a [io.hawser.tick.TickerHandler] too.
    Object handler();

    /// Begins to serve on `threads`.
    ///
    /// @param door to be told of each channel once its peer has greeted
    Service open(NettyIoThreads threads, Door door);

    /// A protocol at work on one port.
    interface Service {
        LinkGroup links();

        /// Sessions that are no links of their own, where the protocol has such: answers that go on as
        /// streams.
        default Optional<Sessions> streams() {
            return Optional.empty();
        }

        /// Tells every peer, and those that come later, that the server goes down. Waits for nothing.
        default void beginDrain(CloseReason reason) {
            links().beginDrain(reason);
        }

        /// Takes `channel` over. Owner: releases `first`. Thread: the event loop.
        void serve(Channel channel, @Nullable ByteBuf first);

        /// Tells the peer to come back later, and closes. Owner: releases `first`. Thread: the event loop.
        void refuse(Channel channel, ByteBuf first, Refusal why);
    }
}
