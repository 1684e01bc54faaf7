package io.hawser.internal.link;

import io.hawser.session.Offer;
import io.netty.channel.Channel;

/// A link that sends what another one has read, from the event loop of that, and so must not wait for room.
public abstract class RelayLink extends Link {
    /// A link on `channel`, which is registered. Thread: its event loop.
    protected RelayLink(LinkGroup group, Channel channel) {
        super(group, channel);
    }

    /// Queues `item` for who asks [#mayPass] before, unless the queue is over its hard bound all the same.
    /// Never waits, and counts nothing as dropped. Thread: any.
    protected final Offer passItem(Object item) {
        return outbound.queueBeyond(item, encodedSize(item));
    }

    /// Whether the queue is below its soft bound, or there is nobody any more. Thread: any; off the loop
    /// nearly exact.
    protected final boolean mayPass() {
        return outbound.hasRoom() || !isOpen();
    }

    /// Ends the output behind all that is queued; what the peer sends still comes. Thread: the event loop.
    protected final void endOutput() {
        outbound.flush();
        Ending.endOutput(channel);
    }
}
