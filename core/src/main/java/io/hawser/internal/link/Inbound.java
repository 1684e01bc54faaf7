package io.hawser.internal.link;

import io.hawser.session.CloseReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// What a link reads.
///
/// Bytes are decoded straight from what was read; only an unfinished frame is copied into `partial`.
/// Decoding, and then reading, stops (`paused`) while too much is unhandled ([Inbox]) or unsent
/// ([Outbound]), or the [ReadQuota] is used up, and goes on when there is room again; what was read already
/// waits in
/// `partial`. So a peer
/// that does not read its answers stops being asked for more. Once `discarding`, what comes is thrown away.
///
/// A turn is what lies between the first bytes of a read loop and its end; its answers are flushed once.
///
/// Thread: the event loop; `paused` may be read by any.
final class Inbound extends HeapHolder {
    private final Inbox inbox;
    private final Outbound outbound;
    private final Vigil vigil;
    private final @Nullable ReadQuota quota;

    private @Nullable ByteBuf partial;
    private volatile boolean paused;
    private boolean inTurn;
    private boolean resuming;
    private boolean discarding;
    private boolean ended;
    private long bytes;

    Inbound(Link link, Inbox inbox, Outbound outbound, Vigil vigil) {
        super(link);
        this.inbox = inbox;
        this.outbound = outbound;
        this.vigil = vigil;
        this.quota = ReadQuota.of(link.channel);
    }

    /// Owner: releases `in`.
    void read(ByteBuf in) {
        bytes += in.readableBytes();
        if (quota != null) quota.received(in.readableBytes());
        vigil.heard(link.group.time().nanoTime());
        if (discarding) {
            in.release();
            return;
        }
        inTurn = true;
        ByteBuf whole = partial;
        if (whole == null) {
            try {
                decode(in, 0);
            } finally {
                keepRest(in);
            }
        } else {
            // While paused, what is left holds whole frames that nothing has looked at.
            int seen = paused ? 0 : whole.readableBytes();
            whole.writeBytes(in);
            in.release();
            decodePartial(whole, seen);
        }
    }

    void endTurn() {
        inbox.dispatch();
        inTurn = false;
        account();
    }

    @Override
    @Nullable
    HeapShare share() {
        LinkMemory memory = link.accountable().memory();
        return memory == null ? null : memory.unfinished();
    }

    @Override
    long heldBytes() {
        ByteBuf rest = partial;
        return link.unfinishedBytes() + (rest == null ? 0 : rest.capacity());
    }

    @Override
    void giveUp() {
        link.accountable().cutForUnfinished(link);
        link.dropUnfinished();
        discard();
        link.closeWith(CloseReason.OVERLOAD);
    }

    private void decode(ByteBuf in, int seen) {
        if (!mayDecode()) return;
        Dispatcher dispatcher = link.group.dispatcher();
        boolean watched = dispatcher.beginTurn(link.channel.eventLoop());
        try {
            link.decode(in, seen);
        } catch (RuntimeException failure) {
            link.codecFailed(failure);
        } finally {
            if (watched) dispatcher.endTurn(link.channel.eventLoop());
        }
    }

    private void keepRest(ByteBuf in) {
        if (in.isReadable() && !discarding) {
            // A copy of its own size: a slice would keep a read buffer of up to 64 KiB for one byte.
            partial = link.channel.alloc().buffer(in.readableBytes() * 2).writeBytes(in);
            vigil.unfinished();
        }
        in.release();
    }

    private void decodePartial(ByteBuf whole, int seen) {
        partial = null;
        int before = whole.readerIndex();
        try {
            decode(whole, seen);
        } finally {
            keepPartial(whole, before);
        }
    }

    private void keepPartial(ByteBuf whole, int before) {
        if (discarding || !whole.isReadable()) {
            whole.release();
            vigil.finished();
            return;
        }
        if (whole.readerIndex() != before) {
            vigil.unfinished();
            whole.discardReadBytes();
        }
        partial = whole;
    }

    /// Whether the next frame may be decoded; false stops the decoder and the reading until there is room.
    boolean mayDecode() {
        if (discarding) return false;
        if (link.isGoodbyeSaid() || hasRoom()) return true;
        if (paused) return false;
        paused = true;
        // The handlers may have emptied the inbox between the two lines above, and have seen no reason to resume.
        if (hasRoom()) {
            paused = false;
            return true;
        }
        link.channel.config().setAutoRead(false);
        if (quota != null && !quota.mayRead()) quota.paused();
        return false;
    }

    private boolean hasRoom() {
        return !inbox.isFull()
                && (outbound.hasRoom() || !link.answersInput())
                && link.wantsInput()
                && (quota == null || quota.mayRead());
    }

    /// Goes on reading if there is room again.
    void resumeIfRoom() {
        // A flush below makes room and calls this again: the loop takes care of it, not a deeper call.
        if (inTurn || resuming) return;
        resuming = true;
        try {
            while (paused && hasRoom()) resume();
        } finally {
            resuming = false;
        }
    }

    private void resume() {
        paused = false;
        ByteBuf whole = partial;
        if (whole != null && !discarding) {
            inTurn = true;
            decodePartial(whole, 0);
            endTurn();
            outbound.flush();
        }
        if (paused) return;
        link.channel.config().setAutoRead(true);
        if (ended) endOfInput();
    }

    /// Throws away what was read and what will be.
    void discard() {
        discarding = true;
        ByteBuf rest = partial;
        partial = null;
        vigil.finished();
        if (rest != null) rest.release();
        account();
    }

    /// What was read and not decoded, for whoever takes the channel over. Owner: the caller releases it.
    @Nullable
    ByteBuf takeRest() {
        ByteBuf rest = partial;
        partial = null;
        account();
        return rest;
    }

    boolean isDiscarding() {
        return discarding;
    }

    /// Reads again, to see the peer's goodbye or end.
    void unpause() {
        if (!paused) return;
        paused = false;
        ByteBuf whole = partial;
        if (whole != null && !inTurn) decodePartial(whole, 0);
        link.channel.config().setAutoRead(true);
    }

    /// Nothing will be read any more.
    void end() {
        discard();
        paused = false;
    }

    /// The peer sends nothing more: what it sent is still handled and answered.
    void peerEnded() {
        if (ended) return;
        ended = true;
        if (link.isGoodbyeSaid()) link.channel.close();
        else if (!discarding && !paused) endOfInput();
    }

    boolean hasEnded() {
        return ended;
    }

    private void endOfInput() {
        link.closeAfterReceived(partial == null ? link.reasonForEnd() : link.reasonForTruncation());
    }

    boolean isPaused() {
        return paused;
    }

    /// Whether a turn is under way, which ends with a flush.
    boolean isInTurn() {
        return inTurn;
    }

    long bytes() {
        return bytes;
    }
}
