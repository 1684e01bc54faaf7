package io.hawser.internal.link;

import io.hawser.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/// What a link reads.
///
/// Bytes are decoded straight from what was read. An unfinished frame waits in `partial` and is read on there
/// ([ReadBuffers]); nothing in a buffer ever moves, since messages that go out may be slices of it.
/// Decoding, and then reading, stops (`paused`) while too much is unhandled ([Inbox]) or unsent
/// ([Outbound]), or the [ReadQuota] is used up, and goes on when there is room again; what was read already
/// waits in
/// `partial`. So a peer
/// that does not read its answers stops being asked for more. Once `discarding`, what comes is thrown away.
///
/// A turn is what lies between the first bytes of a read loop and its end; its answers are flushed once.
///
/// Thread: the event loop; `paused` may be read by any.
final class Inbound extends HeapHolder implements ReadBuffers.Source {
    private final Link link;
    private final Inbox inbox;
    private final Outbound outbound;
    private final Vigil vigil;
    private final @Nullable ReadQuota quota;

    private @Nullable ByteBuf partial;
    /// Up to where `partial` was filled when it was last handed out to be read into.
    private int filledTo;
    /// How long the frame is of which `partial` holds the first bytes; 0 while that is not known.
    private int frameBytes;
    private @Nullable ReadBuffers reads;
    private volatile boolean paused;
    private boolean inTurn;
    private boolean resuming;
    private boolean discarding;
    private boolean ended;
    private long bytes;

    Inbound(Link link, Inbox inbox, Outbound outbound, Vigil vigil) {
        this.link = link;
        this.inbox = inbox;
        this.outbound = outbound;
        this.vigil = vigil;
        this.quota = ReadQuota.of(link.channel);
    }

    /// Owner: releases `in`.
    void read(ByteBuf in) {
        ByteBuf begun = partial;
        boolean isReadOn = isSame(in, begun);
        int received = isReadOn ? in.writerIndex() - filledTo : in.readableBytes();
        bytes += received;
        if (quota != null) quota.received(received);
        vigil.heard(link.group.time().nanoTime());
        // There may be nothing behind a header of whoever had the channel before.
        if (discarding || (begun == null && received == 0)) {
            in.release();
            return;
        }
        inTurn = true;
        if (begun == null) {
            decodeAndKeep(in, 0, true);
        } else if (isReadOn) {
            in.release();
            decodePartial(begun, begun.readableBytes() - received);
        } else {
            join(begun, in);
        }
    }

    @SuppressWarnings("ReferenceEquality") // equal bytes in another buffer are others
    private static boolean isSame(ByteBuf in, @Nullable ByteBuf begun) {
        return in == begun;
    }

    /// Only what the frame lacks is copied; what is behind it is decoded where it lies.
    private void join(ByteBuf begun, ByteBuf in) {
        int seen = begun.readableBytes();
        int missing = frameBytes - seen;
        boolean endsWithin = !paused && missing > 0 && missing < in.readableBytes();
        decodePartial(append(begun, in, endsWithin ? missing : in.readableBytes()), seen);
        ByteBuf left = partial;
        if (left == null && in.isReadable() && !discarding) {
            decodeAndKeep(in, 0, true);
        } else {
            if (left != null) partial = append(left, in, in.readableBytes());
            in.release();
        }
    }

    /// Long frames are read on where they lie; the pieces of short ones are cheaper to copy than to wait for.
    @Override
    public @Nullable ByteBuf unfinished() {
        ByteBuf begun = partial;
        if (begun == null || frameBytes < ReadBuffers.LEAST_FRAME_BYTES) return null;
        if (!begun.isWritable() || !begun.isDirect() || begun.nioBufferCount() != 1) {
            begun = moved(begun, 1);
            partial = begun;
        }
        filledTo = begun.writerIndex();
        return begun.retain();
    }

    void endTurn() {
        inbox.dispatch();
        inTurn = false;
        account();
    }

    @Override
    EventLoop loop() {
        return link.channel.eventLoop();
    }

    @Override
    boolean isGone() {
        return link.isClosed();
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

    private void decodePartial(ByteBuf begun, int seen) {
        partial = null;
        // While paused, what is left holds whole frames that nothing has looked at.
        decodeAndKeep(begun, paused ? 0 : seen, false);
    }

    private void decodeAndKeep(ByteBuf in, int seen, boolean isNew) {
        int before = in.readableBytes();
        try {
            decode(in, seen);
        } finally {
            if (discarding || !in.isReadable()) {
                in.release();
                vigil.finished();
            } else {
                if (isNew || in.readableBytes() != before) vigil.unfinished();
                keep(in);
            }
        }
    }

    /// What is left of `in` stays there, unless it would hold a long buffer for a few bytes.
    private void keep(ByteBuf in) {
        frameBytes = Math.max(0, link.frameBytes(in));
        if (reads == null) reads = ReadBuffers.of(link.channel);
        if (reads != null) reads.begun(this, frameBytes);
        partial = in.readableBytes() < in.capacity() / 4 ? moved(in, 0) : in;
    }

    /// Owner: takes `begun`, and `count` bytes of `in`.
    private ByteBuf append(ByteBuf begun, ByteBuf in, int count) {
        ByteBuf to = begun.writableBytes() < count ? moved(begun, count) : begun;
        return to.writeBytes(in, count);
    }

    /// What is left of `begun` in a buffer of its own with room for `more` bytes at least. What was only
    /// announced takes no memory: the room grows with what has come. The reader of `begun` goes to its end,
    /// where what the system may still read into it will be.
    private ByteBuf moved(ByteBuf begun, int more) {
        int rest = begun.readableBytes();
        int room = frameBytes > rest ? Math.min(frameBytes, 4 * rest) : 2 * rest;
        ByteBuf own = link.channel.alloc().directBuffer(Math.max(room, rest + more));
        own.writeBytes(begun);
        begun.release();
        return own;
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
        if (rest != null) {
            rest.skipBytes(rest.readableBytes()); // what the system may still read into it is counted once
            rest.release();
        }
        account();
    }

    /// What was read and not decoded, for whoever takes the channel over. Owner: the caller releases it.
    @Nullable
    ByteBuf takeRest() {
        ByteBuf rest = partial;
        partial = null;
        if (reads != null) reads.leave();
        account();
        return rest == null ? null : moved(rest, 0);
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
        if (reads != null) reads.leave();
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
