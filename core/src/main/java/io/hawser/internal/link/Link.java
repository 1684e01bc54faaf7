package io.hawser.internal.link;

import io.hawser.Endpoint;
import io.hawser.internal.io.IoLoop;
import io.hawser.session.CloseReason;
import io.hawser.session.Offer;
import io.hawser.session.SessionStats;
import io.hawser.tcp.DropCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One connection on its event loop.
///
/// What comes in goes through [Inbound] and the [Inbox] to the application, what it sends through [Outbound];
/// the [Vigil] keeps the time limits. A protocol extends this class by its codec and its control frames.
///
/// State only moves forward ([LinkState]). After a goodbye the output is shut down and what still comes in
/// is thrown away for a moment: closing a socket with unread input sends a reset, which can destroy the
/// goodbye on its way.
///
/// Thread: fields belong to the event loop.
public abstract class Link extends LinkState {
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(5);

    protected final LinkGroup group;
    protected final Channel channel;
    private final LoopOutbox outbox;
    final Outbound outbound;
    private final Inbox inbox;
    private final Inbound inbound;
    private final Vigil vigil;
    private final long openedNanos;

    private boolean goodbyeAsked;
    private boolean goodbyeSaid;
    private boolean muted;
    private boolean wasOpened;
    /// Why the link ends if it ends by itself: what the peer said last.
    private CloseReason expectedReason = CloseReason.LOST;

    int placeInShard = -1;
    private long messagesReceived;

    /// A link on `channel`, which is registered. Thread: its event loop.
    protected Link(LinkGroup group, Channel channel) {
        this.group = group;
        this.channel = channel;
        this.outbox = LoopOutbox.of(channel.eventLoop());
        this.outbound = new Outbound(this, outbox);
        this.inbox = Inbox.of(this);
        this.openedNanos = group.time().nanoTime();
        this.vigil = new Vigil(group, openedNanos);
        this.inbound = new Inbound(this, inbox, outbound, vigil);
        channel.config().setWriteBufferWaterMark(group.waterMark());
    }

    /// Takes the channel over, `first` being what was read from it already.
    ///
    /// Owner: releases `first`. Thread: the event loop.
    public final void start(@Nullable ByteBuf first) {
        if (!channel.isActive()) {
            if (first != null) first.release();
            ended();
            return;
        }
        group.add(this, outbox.loop());
        started();
        if (first != null) {
            try {
                channelRead(channel.pipeline().lastContext(), first);
            } finally {
                channelReadComplete(channel.pipeline().lastContext());
            }
        }
        // Whoever had the channel before may have been told of that.
        if (channel instanceof DuplexChannel duplex && duplex.isInputShutdown()) inbound.peerEnded();
        CloseReason draining = group.draining();
        if (draining != null) drain(draining);
    }

    /// The group in whose memory counts what this link holds, and which counts it if it is cut for that.
    protected LinkGroup accountable() {
        return group;
    }

    /// The greeting is done: the application hears of the link, and then of its messages.
    ///
    /// Thread: the event loop.
    protected final void open() {
        if (becomesOpen()) {
            wasOpened = true;
            becameOpen();
            group.opened(this);
            inbox.add(Inbox.Event.OPENED);
            if (!inbound.isInTurn()) inbox.dispatch();
        }
    }

    public final Channel channel() {
        return channel;
    }

    /// What other threads want done on the loop of this link, in order.
    protected final LoopOutbox outbox() {
        return outbox;
    }

    /// Whether a turn of reading is under way, which ends with a flush.
    final boolean isReading() {
        return inbound.isInTurn();
    }

    public final Endpoint remote() {
        return Addresses.remote(channel);
    }

    /// Waits for the next message of a link without a handler.
    protected final Object receiveItem() {
        if (IoLoop.isCurrent()) throw new IllegalStateException("receive() waits, so it is refused on an event loop");
        if (inbox instanceof PulledInbox pulled) return pulled.receive();
        throw new IllegalStateException("messages go to the handler of this connection");
    }

    /// Behind all that is queued, says goodbye and closes. The first call counts. Thread: any.
    public final void closeWith(CloseReason reason) {
        if (!toClosing(reason)) return;
        boolean onLoop = channel.eventLoop().inEventLoop();
        if (onLoop) stopReceiving(reason);
        if (onLoop && outbox.isEmpty()) sayGoodbye();
        else outbox.post(new GoodbyeParcel(this));
    }

    /// As [#closeWith], but behind the messages that were received already, and their answers. Thread: the
    /// event loop.
    protected final void closeAfterReceived(CloseReason reason) {
        stopReceiving(reason);
        if (goodbyeAsked) return;
        goodbyeAsked = true;
        expectedReason = reason;
        if (group.isPulled()) {
            closeWith(reason);
        } else {
            inbox.add(reason);
            inbox.dispatch();
        }
    }

    /// The server stops: finishes what has been received, and closes with `reason`. Thread: the event loop.
    protected void drain(CloseReason reason) {
        closeAfterReceived(reason);
    }

    /// Nothing more will be received, and what was has been given to the application. Thread: the handler's.
    protected void receivedAll(CloseReason reason) {
        closeWith(reason);
    }

    /// Bytes wait to be sent, and the peer takes none of them. Thread: the event loop.
    protected void stalled() {
        closeWith(CloseReason.TOO_SLOW); // the next look cuts it, if nothing moves till then
    }

    /// The application gets nothing more. Whether the peer is still listened to, for its goodbye, the
    /// protocol says.
    private void stopReceiving(CloseReason reason) {
        if (awaitsGoodbye(reason)) muted = true;
        else inbound.discard();
    }

    /// Nothing more of the peer will matter: it has said goodbye, or makes no sense. Thread: the event loop.
    protected final void peerDone(CloseReason reason) {
        if (goodbyeSaid) {
            inbound.discard();
            Ending.begin(channel, linger());
        } else {
            closeAfterReceived(reason);
        }
    }

    private boolean toClosing(CloseReason reason) {
        if (!becomesClosing(reason)) return false;
        if (reason.code() == CloseReason.TOO_SLOW.code()) FlightLog.slowReader(this);
        outbound.wakeSenders();
        return true;
    }

    /// How long a peer gets to read what was sent last: no time where it has ended its side, or has promised
    /// to send nothing more, for then a close cuts nothing off.
    private Duration linger() {
        boolean isPeerFinished = inbound.hasEnded() || (hasPromisedSilence() && Ending.isPlainSocket(channel));
        return isPeerFinished ? Duration.ZERO : LINGER;
    }

    /// Whether the peer has said that it sends nothing more on this connection. Thread: the event loop.
    protected boolean hasPromisedSilence() {
        return false;
    }

    /// Cuts the connection with `reason` and without a goodbye. Thread: any.
    public final void abortWith(CloseReason reason) {
        toClosing(reason);
        if (channel.eventLoop().inEventLoop()) inbound.discard();
        channel.close();
    }

    final void sayGoodbye() {
        if (goodbyeSaid) return;
        goodbyeSaid = true;
        stopReceiving(finalReason());
        appendGoodbye();
        outbound.flush();
        if (inbound.isDiscarding()) Ending.begin(channel, linger());
        else Ending.await(channel, GOODBYE_TIMEOUT);
        inbound.unpause();
    }

    private void appendGoodbye() {
        if (!channel.isActive()) return;
        try {
            Object last = goodbye(finalReason());
            if (last != null) appendControl(last);
        } catch (RuntimeException failure) {
            group.codecFailed(this, failure); // and the connection ends without it
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object read) {
        inbound.read((ByteBuf) read);
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext ctx) {
        inbound.endTurn();
        // Behind the other sockets of this round: peers that are answered together ask again together. Much is written
        // while the caches still hold it.
        if (outbound.isUnflushed() && !outbound.isMuch()) outbox.flushLater(this);
        else flush();
    }

    /// Whether the next frame may be decoded; false stops the decoder and the reading until there is room.
    public final boolean mayDecode() {
        return inbound.mayDecode();
    }

    /// What was read makes no sense: nothing more is decoded, and what came before it is still answered.
    final void codecFailed(RuntimeException failure) {
        group.codecFailed(this, failure);
        peerDone(reasonFor(failure));
    }

    protected final boolean isGoodbyeSaid() {
        return goodbyeSaid;
    }

    /// Whether messages are passed over, and only the peer's goodbye is waited for.
    protected final boolean isMuted() {
        return muted;
    }

    protected final boolean isPaused() {
        return inbound.isPaused();
    }

    /// Counts a message that does not go to the inbox. Thread: the event loop.
    protected final void countReceived() {
        messagesReceived++;
    }

    /// Hands one message to the application, behind those before it.
    protected final void dispatch(Object item) {
        if (!wasOpened || muted) return; // it was closed before it could open: there is nobody to tell
        messagesReceived++;
        inbox.add(item);
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof ChannelInputShutdownReadComplete) {
            inbound.peerEnded();
            if (goodbyeSaid) Ending.peerEnded(channel);
        }
    }

    /// Queues `item`, unless the queue is over its soft bound. Never waits. Thread: any.
    protected final Offer offerItem(Object item) {
        return outbound.queue(item, encodedSize(item));
    }

    /// As [#offerItem], up to a little over the hard bound: for what is small and must be heard.
    protected final Offer offerUrgentItem(Object item) {
        return outbound.queueUrgent(item, encodedSize(item));
    }

    /// Queues `item`, and waits while the queue is over its soft bound.
    protected final void sendItem(Object item) {
        if (channel.eventLoop().inEventLoop() || IoLoop.isCurrent()) {
            throw new IllegalStateException("send() may wait, so it is refused on an event loop: use offer()");
        }
        int size = encodedSize(item);
        Offer outcome = outbound.tryQueue(item, size, 0);
        while (outcome == Offer.DROPPED) {
            outbound.awaitRoom();
            outcome = outbound.tryQueue(item, size, 0);
        }
        if (outcome == Offer.CLOSED) throw closedError();
    }

    /// Writes an answer of the protocol itself, whatever the bounds say. Thread: the event loop.
    protected final void appendControl(Object item) {
        outbound.control(item, encodedSize(item));
    }

    /// Writes a message, whatever the bounds say. Thread: the event loop.
    ///
    /// @return false if it could not be encoded, so that the link is closing
    protected final boolean appendMessage(Object item, int mostBytes) {
        try {
            outbound.message(item, mostBytes);
            return true;
        } catch (RuntimeException failure) {
            unsendable(item);
            group.actionFailed(this, failure);
            return false;
        }
    }

    /// As [#offerItem], without a way around the outbox, and DROPPED is not counted. Thread: the event loop's own.
    protected final Offer offerHere(Object item) {
        return isOpen() ? outbound.offer(item, encodedSize(item)) : Offer.CLOSED;
    }

    /// As [#offerHere], for bytes that are framed already; counted.
    protected final boolean offerEncoded(byte[] frame) {
        return isOpen() && outbound.offerEncoded(frame);
    }

    @Override
    protected final void countDropped(DropCause cause) {
        outbound.countDropped(cause);
    }

    /// Whether less than half is queued of what makes senders wait. Thread: the event loop.
    protected final boolean isHalfEmpty() {
        return outbound.queuedBytes() < group.limits().softQueueBytes() / 2;
    }

    /// Told what becomes of the bytes that are handed to the channel now. Thread: the event loop.
    protected ChannelPromise writePromise() {
        return channel.voidPromise();
    }

    /// Writes out what this turn collected. Thread: the event loop's own.
    final void flush() {
        outbound.flush();
        flushed();
        roomMade();
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) roomMade();
    }

    final void roomMade() {
        inbound.resumeIfRoom();
        outbound.roomMade();
        if (outbound.hasRoom()) sendable();
    }

    /// Reads again where [#wantsInput()] had stopped it. Thread: the event loop.
    protected final void resumeReading() {
        inbound.resumeIfRoom();
    }

    /// Whether so little is queued that more should be. Thread: the event loop.
    protected final boolean hasRoomToSend() {
        return outbound.hasRoom();
    }

    /// Sends `content`, which only the channel can encode. Owner: releases it. Thread: the event loop.
    protected final void attach(Object content, ChannelPromise written) {
        outbound.attach(content, written);
    }

    /// Leaves the open channel to whoever takes it over, and to the caller to flush what was sent.
    /// Thread: the event loop, outside of a turn.
    ///
    /// @return what was read and not decoded, for the caller to release, or null
    protected final @Nullable ByteBuf leave() {
        outbound.write();
        ByteBuf rest = inbound.takeRest();
        inbound.unpause();
        channel.pipeline().remove(this);
        expectedReason = CloseReason.NORMAL;
        ended();
        return rest;
    }

    /// A parcel of `size` bytes has reached the loop. Thread: the event loop.
    final void open(Object item, int size) {
        outbound.arrived(size);
        if (isClosed() || goodbyeSaid) unsent(item);
        else appendMessage(item, size);
    }

    /// Waits until all is opened that was sent so far: written, or given back as [#unsent].
    protected final void awaitOutbox() throws InterruptedException {
        CountDownLatch opened = new CountDownLatch(1);
        if (outbox.post(new MarkParcel(opened))) opened.await();
    }

    /// Thread: the event loop.
    final void sweep(long now) {
        inbound.resumeIfRoom(); // a quota tells nobody when there is some again
        outbound.account();
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer == null && !isOpen()) return; // of one that is open, only the output is over
        Vigil.Finding finding = vigil.look(now, buffer, outbound.messages(), inbound.isPaused() || isWorking());
        if (goodbyeSaid) {
            if (finding == Vigil.Finding.STALLED) channel.close();
            return;
        }
        switch (finding) {
            case WELL -> tick(now);
            case STALLED -> group.stalled(this);
            case UNFINISHED -> closeAfterReceived(reasonForUnfinished());
            case IDLE -> closeWith(CloseReason.IDLE);
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        ended();
    }

    private void ended() {
        if (isClosed()) return;
        toClosing(expectedReason);
        becomeClosed();
        inbound.end();
        outbound.discard();
        if (wasOpened) group.closed(this);
        outbound.wakeSenders();
        sendable();
        try {
            released();
        } catch (RuntimeException failure) {
            group.codecFailed(this, failure);
        }
        if (wasOpened || group.isPulled()) {
            inbox.add(Inbox.Event.CLOSED);
            inbox.dispatch();
        }
        // Last, so that a drain that waits for it has seen every handler told, on the loop at least.
        if (placeInShard >= 0) group.remove(this, outbox.loop());
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        group.transportFailed(this, cause);
        abortWith(CloseReason.LOST);
    }

    /// How long nothing has come in; what we send says nothing of the peer.
    protected final long nanosSinceHeard(long now) {
        return now - vigil.heardNanos();
    }

    protected final long nanosSinceOpened(long now) {
        return now - openedNanos;
    }

    public final long lastActivityNanos() {
        return vigil.activeNanos();
    }

    public final SessionStats linkStats() {
        return new SessionStats(
                messagesReceived,
                inbound.bytes(),
                outbound.messages(),
                outbound.bytes(),
                outbound.dropped(),
                outbound.queuedBytes(),
                Duration.ofNanos(group.time().nanoTime() - openedNanos));
    }
}
