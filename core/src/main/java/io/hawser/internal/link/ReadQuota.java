package io.hawser.internal.link;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/// How much may be received from some peers together, whose links stop reading while they are over it.
///
/// Thread: safe from any.
public interface ReadQuota {
    /// The quota of a channel, if it has one.
    AttributeKey<ReadQuota> KEY = AttributeKey.valueOf(ReadQuota.class, "quota");

    /// So much was received.
    void received(int bytes);

    /// Whether more may be read now.
    boolean mayRead();

    /// Reading stops because of [#mayRead()].
    void paused();

    static @Nullable ReadQuota of(Channel channel) {
        return channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
    }
}
