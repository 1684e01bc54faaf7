package io.hawser.internal.link;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.internal.io.Waiters;
import io.hawser.io.ConnectionLimits;
import io.hawser.session.CloseReason;
import io.hawser.session.Offer;
import io.hawser.tcp.DropCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.FileRegion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a link has to send.
///
/// Accepted bytes pass through three places: parcels in the loop's [LoopOutbox] (`accepted` counts their
/// bytes; senders on other threads need them), the buffers that collect what one turn of the loop sends
/// (`collecting`, and `full` ones before it), and the channel's own buffer. Their sum is held against the
/// soft and the hard bound, together with what slices of read buffers hold beyond themselves (`heldBeyond`).
/// A turn ends with one flush.
///
/// The loop's own thread alone fills the buffers. A virtual thread that the loop carries sends parcels as any
/// other thread does: to encode a message is to allocate, and perhaps to run code of the application, and
/// where either waits the loop would go on with a frame half written.
///
/// Thread: fields without a volatile or a VarHandle belong to the event loop.
final class Outbound extends HeapHolder {
    private static final int FULL_BYTES = 64 << 10;
    private static final int LEAST_BYTES = 256;
    private static final int MUCH_BYTES = 32 << 10;
    /// Shorter payloads are cheaper to copy than to write as buffers of their own.
    private static final int LEAST_PASSED_BYTES = 16 << 10;
    /// A slice that holds less than this part of itself beyond itself is not worth counting.
    private static final int LITTLE = 16;
    private static final int URGENT_BYTES = 64 << 10;
    private static final VarHandle ACCEPTED;
    private static final VarHandle DROPPED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ACCEPTED = lookup.findVarHandle(Outbound.class, "accepted", int.class);
            DROPPED = lookup.findVarHandle(Outbound.class, "dropped", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Link link;
    private final LoopOutbox outbox;
    /// A TLS engine that is closed throws away what it should send, and tells only the promise; null without
    /// TLS.
    private final @Nullable ChannelFutureListener unsentOverTls;
    private final Waiters senders = new Waiters();

    private volatile int accepted;
    private volatile int dropped;
    /// How long the last message was that alone is over the hard bound; 0 before one.
    private volatile int overlong;

    private @Nullable ByteBuf collecting;
    private @Nullable List<Object> full;
    private int collectedBytes;
    /// How many of those were not copied.
    private int passedBytes;
    private int heldBeyond;
    private int bytesLastTurn;
    private boolean unflushed;
    /// Owner: the outbox.
    boolean isInLine;
    private long messages;
    private long bytes;

    Outbound(Link link, LoopOutbox outbox) {
        this.link = link;
        this.outbox = outbox;
        this.unsentOverTls = link.channel.pipeline().get(SslHandler.class) == null ? null : this::lostIfUnsent;
    }

    private void lostIfUnsent(ChannelFuture written) {
        if (!written.isSuccess() && written.channel().isOpen()) link.abortWith(CloseReason.LOST);
    }

    private ChannelPromise lastPromise() {
        ChannelPromise asked = link.writePromise();
        if (unsentOverTls == null) return asked;
        return (asked.isVoid() ? link.channel.newPromise() : asked).addListener(unsentOverTls);
    }

    /// Queues `item` if there is room for it, and counts it as dropped if there is none. Thread: any.
    Offer queue(Object item, int size) {
        return counted(tryQueue(item, size, size));
    }

    private Offer counted(Offer outcome) {
        if (outcome == Offer.DROPPED) countDropped(DropCause.FULL);
        return outcome;
    }

    /// Queues `item` if there is room. Never waits. Thread: any.
    ///
    /// @param room what must fit below the hard bound: the size of an offer, 0 for who would wait for room,
    ///     lest a long message waits for ever behind short ones
    /// @return DROPPED, not counted, if there is none
    Offer tryQueue(Object item, int size, int room) {
        ConnectionLimits limits = link.group.limits();
        Offer outcome = tryQueue(item, size, room, limits.softQueueBytes(), limits.hardQueueBytes());
        if (outcome == Offer.QUEUED) noteLength(size);
        return outcome;
    }

    /// As [#tryQueue], up to the hard bound: for who has looked at [#hasRoom()] before, which off the loop
    /// may see less than there is for a moment.
    Offer queueBeyond(Object item, int size) {
        int hard = link.group.limits().hardQueueBytes();
        return tryQueue(item, size, 0, hard, hard);
    }

    /// As [#queue], up to a little over the hard bound, or over a message that was longer than that: for what is
    /// small and must be heard, which else one long message before it would keep back.
    Offer queueUrgent(Object item, int size) {
        long bound = (long) Math.max(link.group.limits().hardQueueBytes(), overlong) + URGENT_BYTES;
        return counted(tryQueue(item, size, size, bound, bound));
    }

    private Offer tryQueue(Object item, int size, int room, long bound, long most) {
        // Behind what other threads have sent: whoever sends here may know of it, by a lock of its own.
        boolean here = link.channel.eventLoop().inEventLoop() && outbox.isEmpty();
        while (true) {
            int before = accepted;
            if (!link.isOpen()) return Offer.CLOSED;
            if (!fits(room, bound, most)) return Offer.DROPPED;
            if (here) {
                message(item, size);
                return Offer.QUEUED;
            }
            if (ACCEPTED.compareAndSet(this, before, before + size)) {
                return outbox.post(new SendParcel(link, link.kept(item), size)) ? Offer.QUEUED : Offer.CLOSED;
            }
        }
    }

    /// Thread: any.
    private void noteLength(int size) {
        if (size > link.group.limits().hardQueueBytes()) overlong = size;
    }

    /// Whatever its size, a message fits an empty queue; else the bounds hold. Thread: any.
    private boolean fits(int size) {
        ConnectionLimits limits = link.group.limits();
        return fits(size, limits.softQueueBytes(), limits.hardQueueBytes());
    }

    private boolean fits(int size, long bound, long most) {
        long queued = queuedBytes();
        return queued == 0 || (queued < bound && queued + size <= most);
    }

    /// Bytes accepted and not yet taken by the operating system. Thread: any; off the loop nearly exact.
    long queuedBytes() {
        ChannelOutboundBuffer buffer = link.channel.unsafe().outboundBuffer();
        return accepted + collectedBytes + heldBeyond + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
    }

    boolean hasRoom() {
        return queuedBytes() < link.group.limits().softQueueBytes();
    }

    /// Waits until there is room, or the link is no longer open.
    void awaitRoom() {
        try {
            if (!senders.await(() -> hasRoom() || !link.isOpen(), Deadline.current())) {
                throw new DeadlineExceeded("room in the queue to " + link.remote(), Processed.NO);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for room to send", Processed.NO, e);
        }
    }

    /// Thread: any.
    void wakeSenders() {
        senders.wakeAll();
    }

    void countDropped(DropCause cause) {
        DROPPED.getAndAdd(this, 1);
        link.group.countDropped(cause);
    }

    /// A parcel of `size` bytes has reached the loop. Thread: the event loop.
    void arrived(int size) {
        ACCEPTED.getAndAdd(this, -size);
    }

    /// Collects a message, whatever the bounds say. Thread: the event loop.
    void message(Object item, int mostBytes) {
        control(item, mostBytes);
        messages += link.messagesIn(item);
    }

    /// Collects what counts as no message. Thread: the event loop.
    void control(Object item, int mostBytes) {
        ByteBuf payload = mostBytes < LEAST_PASSED_BYTES ? null : link.payload(item);
        if (payload != null) {
            pass(item, mostBytes, payload);
            return;
        }
        ByteBuf to = room(mostBytes);
        int before = to.writerIndex();
        link.encode(item, to);
        collected(to.writerIndex() - before);
    }

    /// Collects `item` with its payload uncopied. Owner: releases `payload`.
    private void pass(Object item, int mostBytes, ByteBuf payload) {
        int size = payload.readableBytes();
        boolean isTaken = false;
        try {
            ByteBuf to = room(mostBytes - size);
            int before = to.writerIndex();
            link.encodeHeader(item, to);
            collected(to.writerIndex() - before + size);
            passedBytes += size;
            int beyond = wholeBytes(payload) - size;
            if (beyond > size / LITTLE) {
                heldBeyond += beyond;
                closeCollecting().add(new Passed(payload, beyond));
            } else {
                closeCollecting().add(payload);
            }
            isTaken = true;
        } finally {
            if (!isTaken) payload.release();
        }
    }

    /// A payload that lies in a longer buffer, and how much longer that is.
    private record Passed(ByteBuf payload, int beyond) {}

    /// What is used by nobody else while there is this slice of it.
    private static int wholeBytes(ByteBuf slice) {
        ByteBuf whole = slice;
        for (ByteBuf outer = slice.unwrap(); outer != null; outer = outer.unwrap()) whole = outer;
        return whole.capacity();
    }

    /// What is collected from now on comes behind what will be added to the list that is returned.
    private List<Object> closeCollecting() {
        List<Object> before = full;
        if (before == null) {
            before = new ArrayList<>();
            full = before;
        }
        ByteBuf last = collecting;
        collecting = null;
        if (last != null) before.add(last);
        return before;
    }

    /// Collects a message, if there is room. Thread: the event loop.
    ///
    /// @return DROPPED, not counted, if there is none
    Offer offer(Object item, int size) {
        if (!fits(size)) return Offer.DROPPED;
        noteLength(size);
        message(item, size);
        return Offer.QUEUED;
    }

    /// Collects a message that is framed already, if there is room, and counts it if not. Thread: the event loop.
    boolean offerEncoded(byte[] frame) {
        if (!fits(frame.length)) {
            countDropped(DropCause.FULL);
            return false;
        }
        noteLength(frame.length);
        room(frame.length).writeBytes(frame);
        messages++;
        collected(frame.length);
        return true;
    }

    private ByteBuf room(int size) {
        ByteBuf to = collecting;
        if (to != null && to.writableBytes() < size && to.readableBytes() + size > FULL_BYTES) {
            closeCollecting();
            to = null;
        }
        if (to == null) {
            to = link.channel.alloc().directBuffer(Math.max(size, Math.max(LEAST_BYTES, bytesLastTurn)));
            collecting = to;
        }
        return to.ensureWritable(size);
    }

    private void collected(int size) {
        bytes += size;
        collectedBytes += size;
        if (unflushed) return;
        unflushed = true;
        if (!link.isReading()) outbox.flushInLine(link);
    }

    /// Writes out what this turn collected. Thread: the event loop's own.
    void flush() {
        if (unflushed) {
            write();
            link.channel.flush();
            account();
        }
    }

    /// Hands what was collected to the channel, which keeps it for its next flush. Thread: the event loop's
    /// own.
    void write() {
        if (!unflushed) return;
        unflushed = false;
        Channel channel = link.channel;
        List<Object> before = full;
        ByteBuf last = collecting;
        if (before != null) {
            full = null;
            for (int i = 0; i < before.size(); i++) {
                boolean isLast = last == null && i == before.size() - 1;
                write(before.get(i), isLast);
            }
        }
        bytesLastTurn = Math.min(collectedBytes - passedBytes, FULL_BYTES);
        collectedBytes = 0;
        passedBytes = 0;
        if (last != null) {
            collecting = null;
            channel.write(last, lastPromise());
        }
    }

    private void write(Object part, boolean isLast) {
        Channel channel = link.channel;
        if (part instanceof Attachment attached) {
            channel.write(attached.content(), attached.written());
            return;
        }
        ChannelPromise promise = isLast ? lastPromise() : channel.voidPromise();
        if (part instanceof Passed passed) channel.write(passed.payload(), lettingGo(promise, passed));
        else channel.write(part, promise);
    }

    /// The channel tells of room by its own count, which knows nothing of what is held beyond.
    private ChannelPromise lettingGo(ChannelPromise promise, Passed passed) {
        ChannelPromise told = promise.isVoid() ? link.channel.newPromise() : promise;
        return told.addListener(done -> {
            heldBeyond -= passed.beyond();
            link.roomMade();
        });
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
        return memory == null ? null : memory.queued();
    }

    @Override
    long heldBytes() {
        return queuedBytes();
    }

    /// Who does not read cannot be told why, nor is it waited for: past TLS, which would keep the queue
    /// until its goodbye is written.
    @Override
    void giveUp() {
        link.accountable().cutForQueued(link);
        link.abortWith(CloseReason.TOO_SLOW);
        Channel channel = link.channel;
        if (channel.isOpen()) channel.unsafe().close(channel.voidPromise());
    }

    /// Whether a flush has something to write. Thread: the event loop.
    boolean isUnflushed() {
        return unflushed;
    }

    /// Whether so much is collected that it fills the caches of a core, with that of other links. Thread:
    /// the event loop.
    boolean isMuch() {
        return collectedBytes >= MUCH_BYTES;
    }

    /// Forgets what was collected and not written. Thread: the event loop.
    void discard() {
        List<Object> before = full;
        full = null;
        if (before != null) before.forEach(this::drop);
        ByteBuf last = collecting;
        collecting = null;
        if (last != null) last.release();
        collectedBytes = 0;
        passedBytes = 0;
        account();
    }

    private void drop(Object part) {
        if (part instanceof Passed passed) {
            heldBeyond -= passed.beyond();
            passed.payload().release();
        } else if (part instanceof Attachment attached) {
            ReferenceCountUtil.release(attached.content());
            attached.written().tryFailure(new ClosedChannelException());
        } else {
            ReferenceCountUtil.release(part);
        }
    }

    /// Puts `content`, which is no bytes, behind all that was collected. Owner: releases it. Thread: the
    /// event loop.
    void attach(Object content, ChannelPromise written) {
        closeCollecting().add(new Attachment(content, written));
        if (content instanceof FileRegion file) bytes += file.count();
        collected(0);
    }

    private record Attachment(Object content, ChannelPromise written) {}

    /// Lets those go on who waited for room, if there is some. Thread: the event loop.
    void roomMade() {
        if (hasRoom()) senders.wakeAll();
    }

    long messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }

    int dropped() {
        return dropped;
    }
}
