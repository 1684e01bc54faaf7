package io.hawser.internal.link;

import io.hawser.session.CloseReason;
import io.hawser.tcp.DropCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/// What a protocol adds to a [Link]: its codec, its goodbye, and where its messages go.
abstract class LinkProtocol extends ChannelInboundHandlerAdapter {
    /// Decodes frames from `in` until it holds no whole one or [Link#mayDecode()] is false, hands each to
    /// [Link#dispatch] or answers it, and moves the reader index behind them.
    ///
    /// @param seen how many of the readable bytes an earlier call left
    protected abstract void decode(ByteBuf in, int seen);

    /// How long the frame is that begins with what `begun` holds, or 0 while that is not known; nothing is
    /// taken for sure but what has come.
    protected int frameBytes(ByteBuf begun) {
        return 0;
    }

    /// How many bytes [#encode] will write at most.
    ///
    /// Thread: any.
    protected abstract int encodedSize(Object item);

    protected abstract void encode(Object item, ByteBuf to);

    /// The payload of `item` as it lies, if it can be sent without a copy, behind [#encodeHeader].
    ///
    /// Owner: the caller releases it.
    protected @Nullable ByteBuf payload(Object item) {
        return null;
    }

    /// Writes what comes before the [#payload] of `item`.
    protected void encodeHeader(Object item, ByteBuf to) {
        throw new IllegalStateException("there is no payload without a copy");
    }

    /// How many messages end within `item`.
    protected int messagesIn(Object item) {
        return 1;
    }

    /// Gives `item`, which was dispatched, to the application. Thread: as the group's mode says, in order.
    protected void deliver(Object item) throws Exception {}

    /// The link may be used. Thread: as [#deliver], before any item.
    protected void deliverOpened() throws Exception {}

    /// The link is gone. Thread: as [#deliver], after the last item; only if [#deliverOpened] was.
    protected void deliverClosed(CloseReason reason) {}

    /// The last frame to the peer, or null if this protocol has none for `reason`.
    protected abstract @Nullable Object goodbye(CloseReason reason);

    /// Whether the peer answers a goodbye of ours with its own. It is then decoded for, for some seconds,
    /// and its messages are passed over.
    ///
    /// @param reason of our goodbye
    protected boolean awaitsGoodbye(CloseReason reason) {
        return false;
    }

    /// What [#decode] threw: closes with what the protocol says of it.
    protected abstract CloseReason reasonFor(RuntimeException failure);

    /// What an end of input between two frames is.
    protected CloseReason reasonForEnd() {
        return CloseReason.LOST;
    }

    /// What an end of input within a frame is.
    protected CloseReason reasonForTruncation() {
        return reasonForEnd();
    }

    /// What a frame that does not get done in time is.
    protected CloseReason reasonForUnfinished() {
        return reasonForTruncation();
    }

    /// `item` for another thread, if it is only lent to this one.
    protected Object kept(Object item) {
        return item;
    }

    /// The channel is ours. Thread: the event loop.
    protected void started() {}

    /// Messages may be sent from now on. Thread: the event loop.
    protected void becameOpen() {}

    /// Called about twice a second. Thread: the event loop.
    protected void tick(long nowNanos) {}

    /// How long a received item is; 0 where its length does not matter. Thread: the event loop.
    protected int itemBytes(Object item) {
        return 0;
    }

    /// How much is held of a message that has not come whole, beside what was read and not decoded.
    ///
    /// Thread: the event loop.
    protected long unfinishedBytes() {
        return 0;
    }

    /// Lets go of it: nothing more will be decoded. Thread: the event loop.
    protected void dropUnfinished() {}

    /// Whether anything should be read now; [Link#resumeReading()] says that it may be so again.
    ///
    /// Thread: the event loop.
    protected boolean wantsInput() {
        return true;
    }

    /// Whether what is sent answers what was read, so that a peer that does not take it is not read from.
    protected boolean answersInput() {
        return true;
    }

    /// Whether the peer waits for us, so that its silence is none. Thread: the event loop.
    protected boolean isWorking() {
        return false;
    }

    /// Counts a message that will not be sent. Thread: the event loop.
    protected abstract void countDropped(DropCause cause);

    /// `item` was accepted, and could not be encoded. Thread: the event loop.
    protected void unsendable(Object item) {
        countDropped(DropCause.UNSENDABLE);
    }

    /// `item` was accepted, and the link closed before it could be written. Thread: the event loop.
    protected void unsent(Object item) {
        countDropped(DropCause.CLOSED);
    }

    /// What a turn collected has been handed to the channel. Thread: the event loop.
    protected void flushed() {}

    /// There is room to send again, or the link is gone. Thread: the event loop.
    protected void sendable() {}

    /// Called when the link has closed, also if it was never opened. Thread: the event loop.
    protected void released() {}
}
