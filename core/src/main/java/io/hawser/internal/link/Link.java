package io.hawser.internal.link;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.SessionClosed;
import io.hawser.session.CloseReason;
import io.hawser.session.Offer;
import io.hawser.session.SessionState;
import io.hawser.session.SessionStats;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection on its event loop: the queue out, back-pressure both ways, close, time limits.
///
/// Out. Bytes that are accepted pass through three places: parcels in the loop's [LoopOutbox] (`accepted`
/// counts them; only senders on other threads need it), the buffer `out` that collects what one turn of the
/// loop sends, and the channel's own buffer. The sum is held against the soft and hard bound. A turn ends with
/// one write.
///
/// In. Bytes are decoded straight from what was read; only an unfinished frame is copied into `partial`.
/// Decoding, and then reading, stops while too much is unhandled ([Inbox]) or unsent, and goes on when half of
/// it is gone; what was read already waits in `partial`. So a peer that does not read its answers stops being
/// asked for more.
///
/// State only moves forward ([SessionState]); whoever moves it to CLOSING sets the reason, and CLOSED comes on
/// the loop when the channel is gone. After a goodbye the output is shut down and what still comes in is thrown
/// away for a moment: closing a socket with unread input would send a reset, and that can destroy the goodbye
/// on its way.
///
/// Thread: fields without a volatile or a VarHandle belong to the event loop.
public abstract class Link extends ChannelInboundHandlerAdapter {
    private static final int FULL_OUT_BYTES = 64 << 10;
    private static final int MIN_OUT_BYTES = 256;
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final VarHandle ACCEPTED;
    private static final VarHandle STATE;
    private static final VarHandle DROPPED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ACCEPTED = lookup.findVarHandle(Link.class, "accepted", int.class);
            STATE = lookup.findVarHandle(Link.class, "state", SessionState.class);
            DROPPED = lookup.findVarHandle(Link.class, "dropped", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    protected final LinkGroup group;
    protected final Channel channel;
    private final LoopOutbox outbox;
    private final Inbox inbox;
    private final long openedNanos;

    private volatile SessionState state = SessionState.CONNECTING;
    private volatile @Nullable CloseReason closeReason;
    private volatile int accepted;
    private volatile int dropped;
    private volatile boolean senderWaits;

    private @Nullable ByteBuf partial;
    private @Nullable ByteBuf out;
    private int outBytes;
    private int outBytesLastTurn;
    private boolean reading;
    private boolean unflushed;
    private volatile boolean paused;
    private boolean discarding;
    private boolean inputEnded;
    private boolean goodbyeSaid;
    private boolean wasOpened;

    private volatile long lastActivityNanos;
    private long partialSinceNanos;
    private long stalledSinceNanos;
    private int stalledAt;
    int placeInShard = -1;

    private long bytesReceived;
    private long bytesSent;
    private long messagesReceived;
    private long messagesSent;
    private long messagesSentAtSweep;

    /// Thread: the event loop of `channel`, which has one.
    protected Link(LinkGroup group, Channel channel) {
        this.group = group;
        this.channel = channel;
        this.outbox = LoopOutbox.of(channel.eventLoop());
        this.inbox = Inbox.of(this);
        this.openedNanos = group.time().nanoTime();
        this.lastActivityNanos = openedNanos;
    }

    // --- what a protocol adds ---

    /// Decodes frames from `in` until it holds no whole one or [#mayDecode()] is false, hands each to
    /// [#dispatch] or answers it, and moves the reader index behind them.
    ///
    /// @param seen how many of the readable bytes an earlier call left
    protected abstract void decode(ByteBuf in, int seen);

    /// How many bytes [#encode] will write at most.
    ///
    /// Thread: any.
    protected abstract int encodedSize(Object item);

    protected abstract void encode(Object item, ByteBuf to);

    /// Gives `item` to the application. Thread: as the group's mode says, in order.
    protected abstract void deliver(Object item) throws Exception;

    /// The link may be used. Thread: as [#deliver], before any item.
    protected abstract void deliverOpened() throws Exception;

    /// The link is gone. Thread: as [#deliver], after the last item; only if [#deliverOpened] was.
    protected abstract void deliverClosed(CloseReason reason);

    /// The last frame to the peer, or null if this protocol has none for `reason`.
    protected abstract @Nullable Object goodbye(CloseReason reason);

    /// What [#decode] threw: closes with what the protocol says of it.
    protected abstract CloseReason reasonFor(RuntimeException failure);

    /// The channel is ours. Thread: the event loop.
    protected void started() {}

    /// Messages may be sent from now on. Thread: the event loop.
    protected void becameOpen() {}

    /// Called about twice a second. Thread: the event loop.
    protected void tick(long nowNanos) {}

    /// Called when the link has closed, also if it was never opened. Thread: the event loop.
    protected void released() {}

    // --- life ---

    /// Takes the channel over, `first` being what was read from it already.
    ///
    /// Owner: releases `first`. Thread: the event loop.
    public final void start(@Nullable ByteBuf first) {
        group.add(this, outbox.loop());
        started();
        if (first == null) return;
        try {
            channelRead(channel.pipeline().lastContext(), first);
        } finally {
            channelReadComplete(channel.pipeline().lastContext());
        }
    }

    /// The greeting is done: the application hears of the link, and then of its messages.
    ///
    /// Thread: the event loop.
    protected final void open() {
        if (STATE.compareAndSet(this, SessionState.CONNECTING, SessionState.OPEN)) {
            wasOpened = true;
            becameOpen();
            group.opened(this);
            inbox.add(Inbox.Event.OPENED);
            if (!reading) inbox.dispatch();
        }
    }

    public final Channel channel() {
        return channel;
    }

    public final SessionState linkState() {
        return state;
    }

    /// Why the link ended, or would end if it ended now.
    protected final CloseReason finalReason() {
        CloseReason reason = closeReason;
        return reason == null ? CloseReason.LOST : reason;
    }

    final boolean isEnding() {
        return !state.mayBecome(SessionState.CLOSING);
    }

    public final Endpoint remote() {
        return Addresses.endpoint(channel.remoteAddress());
    }

    /// Waits for the next message of a link without a handler.
    protected final Object receiveItem() {
        if (inbox instanceof PulledInbox pulled) return pulled.receive();
        throw new IllegalStateException("messages go to the handler of this connection");
    }

    /// Behind all that is queued, says goodbye and closes. The first call counts. Thread: any.
    public final void closeWith(CloseReason reason) {
        if (!toClosing(reason)) return;
        if (onLoop()) sayGoodbye();
        else outbox.post(new GoodbyeParcel(this));
    }

    /// As [#closeWith], but behind the messages that were received already, and their answers. Thread: the
    /// event loop.
    protected final void closeAfterReceived(CloseReason reason) {
        discarding = true;
        releasePartial();
        if (group.isPulled()) {
            closeWith(reason);
        } else {
            inbox.add(reason);
            inbox.dispatch();
        }
    }

    private boolean toClosing(CloseReason reason) {
        for (SessionState now = state; now.mayBecome(SessionState.CLOSING); now = state) {
            if (STATE.compareAndSet(this, now, SessionState.CLOSING)) {
                closeReason = reason;
                wakeSenders();
                return true;
            }
        }
        return false;
    }

    /// Cuts the connection with `reason` and without a goodbye. Thread: any.
    public final void abortWith(CloseReason reason) {
        toClosing(reason);
        channel.close();
    }

    final void sayGoodbye() {
        if (goodbyeSaid) return;
        goodbyeSaid = true;
        discarding = true;
        releasePartial();
        CloseReason reason = closeReason;
        Object last = reason == null || !channel.isActive() ? null : goodbye(reason);
        if (last != null) appendControl(last);
        unflushed = false;
        if (out != null) channel.write(handOverOut(), writePromise());
        Ending.begin(channel, LINGER);
        if (paused) {
            paused = false;
            channel.config().setAutoRead(true);
        }
    }

    // --- in ---

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf in = (ByteBuf) read;
        bytesReceived += in.readableBytes();
        lastActivityNanos = group.time().nanoTime();
        if (discarding) {
            in.release();
            return;
        }
        reading = true;
        ByteBuf whole = partial;
        if (whole == null) {
            consume(in, 0);
            keepRest(in);
        } else {
            int seen = whole.readableBytes();
            whole.writeBytes(in);
            in.release();
            consumePartial(whole, seen);
        }
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext ctx) {
        inbox.dispatch();
        reading = false;
        if (unflushed) flush();
    }

    private void consume(ByteBuf in, int seen) {
        try {
            if (mayDecode()) decode(in, seen);
        } catch (RuntimeException failure) {
            closeWith(reasonFor(failure));
        }
    }

    private void keepRest(ByteBuf in) {
        if (in.isReadable() && !discarding) {
            // A copy of its own size: a slice would keep a read buffer of up to 64 KiB for one byte.
            partial = channel.alloc().buffer(Math.max(MIN_OUT_BYTES, in.readableBytes() * 2));
            partial.writeBytes(in);
            partialSinceNanos = lastActivityNanos;
        }
        in.release();
    }

    private void consumePartial(ByteBuf whole, int seen) {
        partial = null;
        int before = whole.readerIndex();
        consume(whole, seen);
        if (discarding || !whole.isReadable()) {
            whole.release();
            return;
        }
        if (whole.readerIndex() != before) {
            partialSinceNanos = lastActivityNanos;
            whole.discardReadBytes();
        }
        partial = whole;
    }

    private void releasePartial() {
        ByteBuf rest = partial;
        partial = null;
        if (rest != null) rest.release();
    }

    /// Whether the next frame may be decoded; false stops the decoder and the reading until there is room.
    public final boolean mayDecode() {
        if (discarding) return false;
        if (hasRoom()) return true;
        if (paused) return false;
        paused = true;
        // The handlers may have emptied the inbox between the two lines above, and have seen no reason to resume.
        if (hasRoom()) {
            paused = false;
            return true;
        }
        channel.config().setAutoRead(false);
        return false;
    }

    private boolean hasRoom() {
        return !inbox.isFull() && queuedBytes() < group.limits().softQueueBytes();
    }

    /// Goes on reading if there is room again. Thread: the event loop.
    final void resumeIfRoom() {
        // A flush below makes room and calls this again: the loop takes care of it, not a deeper call.
        if (reading) return;
        while (paused && hasRoom()) {
            paused = false;
            ByteBuf whole = partial;
            if (whole != null && !discarding) {
                reading = true;
                partialSinceNanos = lastActivityNanos;
                consumePartial(whole, 0);
                inbox.dispatch();
                flushNow();
                reading = false;
            }
            if (paused) continue;
            channel.config().setAutoRead(true);
            if (inputEnded) endOfInput();
        }
    }

    final boolean isPaused() {
        return paused;
    }

    /// Hands one message to the application, behind those before it.
    protected final void dispatch(Object item) {
        messagesReceived++;
        inbox.add(item);
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof ChannelInputShutdownReadComplete) {
            if (inputEnded) return;
            inputEnded = true;
            if (discarding) channel.close();
            else if (!paused) endOfInput();
        }
    }

    /// The peer sends nothing more: what it sent is still handled and answered.
    private void endOfInput() {
        if (partial != null) closeWith(reasonForTruncation());
        else closeAfterReceived(CloseReason.LOST);
    }

    protected abstract CloseReason reasonForTruncation();

    // --- out ---

    /// Queues `item` behind what is queued, unless the queue is over its soft bound. Never waits. Thread: any.
    protected final Offer offerItem(Object item) {
        int size = encodedSize(item);
        Offer outcome = tryQueue(item, size);
        if (outcome == Offer.DROPPED) countDropped();
        return outcome;
    }

    private Offer tryQueue(Object item, int size) {
        boolean onLoop = onLoop();
        while (true) {
            int before = accepted;
            if (state != SessionState.OPEN) return Offer.CLOSED;
            if (!fits(size)) return Offer.DROPPED;
            if (onLoop) {
                append(item, size);
                return Offer.QUEUED;
            }
            if (ACCEPTED.compareAndSet(this, before, before + size)) {
                return outbox.post(new SendParcel(this, item, size)) ? Offer.QUEUED : Offer.CLOSED;
            }
        }
    }

    /// Whatever its size, a message fits an empty queue; else the bounds hold.
    private boolean fits(int size) {
        long queued = queuedBytes();
        return queued == 0
                || (queued < group.limits().softQueueBytes()
                        && queued + size <= group.limits().hardQueueBytes());
    }

    final void countDropped() {
        DROPPED.getAndAdd(this, 1);
        group.countDropped();
    }

    /// Queues `item`, and waits while the queue is over its soft bound.
    protected final void sendItem(Object item) {
        if (channel.eventLoop().inEventLoop()) {
            throw new IllegalStateException("send() may wait, so it is refused on an event loop: use offer()");
        }
        Deadline deadline = Deadline.current();
        int size = encodedSize(item);
        while (true) {
            switch (tryQueue(item, size)) {
                case QUEUED -> {
                    return;
                }
                case CLOSED -> throw closedError();
                case DROPPED -> awaitRoom(size, deadline);
            }
        }
    }

    final SessionClosed closedError() {
        CloseReason reason = closeReason;
        return reason == null
                ? new SessionClosed(CloseReason.LOST.code(), "not open", Processed.NO)
                : new SessionClosed(reason.code(), reason.message(), Processed.NO);
    }

    private synchronized void awaitRoom(int size, Deadline deadline) {
        senderWaits = true;
        try {
            while (state == SessionState.OPEN && !fits(size)) {
                long nanos = deadline.remainingNanos();
                if (nanos <= 0)
                    throw new DeadlineExceeded("room in the queue to " + channel.remoteAddress(), Processed.NO);
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(nanos, TimeUnit.SECONDS.toNanos(1)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for room to send", Processed.NO, e);
        }
    }

    private void wakeSenders() {
        if (!senderWaits) return;
        synchronized (this) {
            senderWaits = false;
            notifyAll();
        }
    }

    /// Writes `item`, which counts as no message, whatever the bounds say: for answers of the protocol itself.
    ///
    /// Thread: the event loop.
    protected final void appendControl(Object item) {
        write(item, encodedSize(item));
    }

    /// Writes a message, whatever the bounds say. Thread: the event loop.
    protected final void appendMessage(Object item) {
        append(item, encodedSize(item));
    }

    private void append(Object item, int size) {
        messagesSent++;
        write(item, size);
    }

    private void write(Object item, int mostBytes) {
        ByteBuf to = room(mostBytes);
        int before = to.writerIndex();
        encode(item, to);
        appended(to.writerIndex() - before);
    }

    /// As [#offerItem], for bytes that are framed already. Thread: the event loop.
    protected final void offerEncoded(byte[] frame) {
        if (state != SessionState.OPEN) return;
        if (!fits(frame.length)) {
            countDropped();
            return;
        }
        room(frame.length).writeBytes(frame);
        messagesSent++;
        appended(frame.length);
    }

    private ByteBuf room(int size) {
        ByteBuf to = out;
        if (to != null && to.writableBytes() < size && to.readableBytes() + size > FULL_OUT_BYTES) {
            channel.write(handOverOut(), writePromise());
            to = null;
        }
        if (to == null) {
            to = channel.alloc().directBuffer(Math.max(size, Math.max(MIN_OUT_BYTES, outBytesLastTurn)));
            out = to;
        }
        return to;
    }

    private void appended(int size) {
        bytesSent += size;
        outBytes += size;
        if (!unflushed) {
            unflushed = true;
            if (!reading) outbox.flushLater(this);
        }
    }

    /// Told what becomes of the bytes that are handed to the channel now. Thread: the event loop.
    protected ChannelPromise writePromise() {
        return channel.voidPromise();
    }

    private ByteBuf handOverOut() {
        ByteBuf full = out;
        out = null;
        outBytes = 0;
        return full == null ? Unpooled.EMPTY_BUFFER : full;
    }

    /// Writes out what this turn collected. Thread: the event loop.
    final void flush() {
        if (!unflushed) return;
        flushNow();
        roomMade();
    }

    private void flushNow() {
        if (!unflushed) return;
        unflushed = false;
        if (out != null) {
            outBytesLastTurn = Math.min(outBytes, FULL_OUT_BYTES);
            channel.write(handOverOut(), writePromise());
        }
        channel.flush();
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) roomMade();
    }

    private void roomMade() {
        if (paused) resumeIfRoom();
        if (senderWaits && queuedBytes() < group.limits().softQueueBytes()) wakeSenders();
    }

    /// A parcel of `size` bytes has reached the loop.
    final void open(Object item, int size) {
        ACCEPTED.getAndAdd(this, -size);
        if (state == SessionState.OPEN || (state == SessionState.CLOSING && !goodbyeSaid)) append(item, size);
        else unsent(item);
    }

    /// `item` was accepted, and the link closed before it could be written. Thread: the event loop.
    protected void unsent(Object item) {
        countDropped();
    }

    protected final boolean onLoop() {
        return group.dispatcher().isOn(channel.eventLoop());
    }

    protected final LoopOutbox outbox() {
        return outbox;
    }

    /// Bytes accepted and not yet taken by the operating system. Thread: any; off the loop without this turn's.
    protected final long queuedBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return accepted + outBytes + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
    }

    // --- time and end ---

    /// Thread: the event loop, about once a second.
    final void sweep(long now) {
        if (messagesSent != messagesSentAtSweep) {
            messagesSentAtSweep = messagesSent;
            lastActivityNanos = now;
        }
        if (stalled(now)) {
            if (!toClosing(CloseReason.TOO_SLOW)) channel.close();
            else sayGoodbye();
        } else if (goodbyeSaid) {
            return;
        } else if (partial != null && !paused && now - partialSinceNanos > group.frameTimeoutNanos()) {
            closeWith(reasonForTruncation());
        } else if (now - lastActivityNanos > group.idleTimeoutNanos()) {
            closeWith(CloseReason.IDLE);
        } else {
            tick(now);
        }
    }

    private boolean stalled(long now) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
            stalledSinceNanos = 0;
            return false;
        }
        // The head of the buffer and how much of it is gone: it stays the same only while the peer takes nothing.
        int mark = 31 * System.identityHashCode(buffer.current()) + Long.hashCode(buffer.currentProgress());
        if (stalledSinceNanos == 0 || mark != stalledAt) {
            if (stalledSinceNanos != 0) lastActivityNanos = now;
            stalledAt = mark;
            stalledSinceNanos = now;
        }
        return now - stalledSinceNanos > group.stallTimeoutNanos();
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        if (state == SessionState.CLOSED) return;
        toClosing(CloseReason.LOST);
        state = SessionState.CLOSED;
        discarding = true;
        releasePartial();
        if (out != null) handOverOut().release();
        if (wasOpened) group.closed(this);
        wakeSenders();
        released();
        if (wasOpened) {
            inbox.add(Inbox.Event.CLOSED);
            inbox.dispatch();
        }
        // Last, so that a drain that waits for it has seen every handler told, on the loop at least.
        group.remove(this, outbox.loop());
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        group.transportFailed(this, cause);
        abortWith(CloseReason.LOST);
    }

    protected final long nanosSinceActivity(long now) {
        return now - lastActivityNanos;
    }

    protected final long nanosSinceOpened(long now) {
        return now - openedNanos;
    }

    public final long lastActivityNanos() {
        return lastActivityNanos;
    }

    public final SessionStats linkStats() {
        return new SessionStats(
                messagesReceived,
                bytesReceived,
                messagesSent,
                bytesSent,
                dropped,
                queuedBytes(),
                Duration.ofNanos(group.time().nanoTime() - openedNanos));
    }
}
