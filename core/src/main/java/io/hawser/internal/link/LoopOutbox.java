package io.hawser.internal.link;

import io.hawser.internal.io.LoopCarrier;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What other threads want sent by one event loop, in one order for all of its links.
///
/// A queue with many producers and one consumer (the loop): a producer swaps itself into `tail` and then
/// links its predecessor to itself, so `head` may for a moment see no successor although `tail` has moved
/// on; the loop spins over that gap. `scheduled` is true from the moment a producer wakes the loop until the
/// loop begins to drain: any number of parcels costs one wake-up. Since all parcels of a loop share one
/// queue, a broadcast (one parcel a loop) and the single messages before and after it stay in the order in
/// which one thread sent them.
///
/// A link that has been read from is flushed at the end of that turn. One that others send to waits in a line
/// (`waiting`, where it stands once) of which each turn takes a part: after a broadcast to thousands nobody
/// waits for all of them to be written to, and what comes for one of them meanwhile leaves in the same write.
public final class LoopOutbox implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopOutbox.class);
    private static final int PARCELS_PER_RUN = 4096;
    /// Writing to one takes a system call and what the kernel does for it, 5 to 15 us.
    private static final int LINKS_PER_TURN = 64;

    private static final FastThreadLocal<LoopOutbox> OF_THIS_LOOP = new FastThreadLocal<>();
    private static final VarHandle TAIL;
    private static final VarHandle SCHEDULED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(LoopOutbox.class, "tail", Parcel.class);
            SCHEDULED = lookup.findVarHandle(LoopOutbox.class, "scheduled", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final EventLoop loop;
    private final ArrayList<Link> unflushed = new ArrayList<>();
    private final ArrayDeque<Link> waiting = new ArrayDeque<>();
    private final Runnable flush = this::flush;
    private boolean flushScheduled;
    private boolean hasNextPart;

    private Parcel head = new Stub();
    private volatile Parcel tail = head;
    private volatile boolean scheduled;

    private LoopOutbox(EventLoop loop) {
        this.loop = loop;
    }

    /// The outbox of `loop`.
    ///
    /// Thread: that loop's.
    @SuppressWarnings("ReferenceEquality") // loops are identities
    static LoopOutbox of(EventLoop loop) {
        LoopOutbox outbox = OF_THIS_LOOP.getIfExists();
        if (outbox == null || outbox.loop != loop) {
            outbox = new LoopOutbox(loop);
            OF_THIS_LOOP.set(outbox);
        }
        return outbox;
    }

    public EventLoop loop() {
        return loop;
    }

    /// Runs `action` on the loop, behind what the calling thread sent before; what it sends is flushed with
    /// the rest.
    ///
    /// @return as [#post]
    public boolean run(Runnable action) {
        if (!loop.inEventLoop() || !isEmpty()) return post(new ActionParcel(action));
        action.run();
        return true;
    }

    /// Puts `parcel` at the end.
    ///
    /// @return false if the loop has been shut down, so that nobody will open it
    boolean post(Parcel parcel) {
        if (loop.isShutdown()) return false;
        Parcel before = (Parcel) TAIL.getAndSet(this, parcel);
        before.next(parcel);
        if (!scheduled && SCHEDULED.compareAndSet(this, false, true)) {
            try {
                LoopCarrier.execute(loop, this);
            } catch (RejectedExecutionException e) {
                return false;
            }
        }
        return !loop.isShutdown();
    }

    /// Flushes `link` at the end of this turn of the loop.
    ///
    /// Thread: the loop's.
    void flushLater(Link link) {
        unflushed.add(link);
        scheduleFlush();
    }

    /// Flushes `link` when it is its turn: at the end of this one, if few wait before it.
    ///
    /// Thread: the loop's.
    void flushInLine(Link link) {
        if (link.outbound.isInLine) return;
        link.outbound.isInLine = true;
        waiting.add(link);
        if (!hasNextPart) scheduleFlush();
    }

    private void scheduleFlush() {
        if (!flushScheduled) {
            flushScheduled = true;
            loop.execute(flush);
        }
    }

    @Override
    public void run() {
        scheduled = false;
        // The drain's own flush follows; none needs to be scheduled meanwhile.
        boolean flushWasScheduled = flushScheduled;
        flushScheduled = true;
        int opened = 0;
        for (Parcel next = take(); next != null; next = take()) {
            try {
                next.open();
            } catch (Throwable failure) {
                // Whatever it is, the others in this queue have no part in it.
                LOG.error("sending failed", failure);
            }
            if (++opened == PARCELS_PER_RUN) break;
        }
        flushScheduled = flushWasScheduled;
        flushAll();
        if (opened == PARCELS_PER_RUN && SCHEDULED.compareAndSet(this, false, true)) loop.execute(this);
    }

    /// Whether all that was posted is opened. Thread: the loop's, or one that it carries.
    @SuppressWarnings("ReferenceEquality") // parcels are identities
    boolean isEmpty() {
        return head == tail;
    }

    @SuppressWarnings("ReferenceEquality") // parcels are identities
    private @Nullable Parcel take() {
        Parcel next = head.next();
        if (next == null) {
            if (head == tail) return null;
            while ((next = head.next()) == null) Thread.onSpinWait();
        }
        head = next;
        return next;
    }

    private void flush() {
        flushScheduled = false;
        flushAll();
    }

    private void flushAll() {
        for (int i = 0; i < unflushed.size(); i++) flush(unflushed.get(i));
        unflushed.clear();
        if (!hasNextPart) flushPart();
    }

    private void flushPart() {
        for (int i = Math.min(LINKS_PER_TURN, waiting.size()); i > 0; i--) {
            Link next = waiting.remove();
            next.outbound.isInLine = false;
            flush(next);
        }
        if (waiting.isEmpty()) return;
        hasNextPart = true;
        // Unlike a task, what is scheduled never runs before the loop has looked at its sockets.
        var _ = loop.schedule(this::flushNextPart, 0, TimeUnit.NANOSECONDS);
    }

    private void flushNextPart() {
        hasNextPart = false;
        flushPart();
    }

    private static void flush(Link link) {
        try {
            link.flush();
        } catch (RuntimeException failure) {
            LOG.error("writing failed", failure);
        }
    }

    private static final class Stub extends Parcel {
        @Override
        void open() {}
    }
}
