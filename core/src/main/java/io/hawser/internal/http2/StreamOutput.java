package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.http.Headers;
import io.hawser.internal.io.Waiters;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What one stream has still to send of a body, pieces and the end behind them, and how much of that the peer's
/// window allows.
///
/// Who sends from another thread says of each piece that it comes ([#expect]), which counts from then on,
/// and waits while [#ROOM_BYTES] have not gone out.
///
/// Thread: the event loop, but where it says otherwise.
final class StreamOutput {
    /// What may wait to be sent before its writer waits; the piece that goes over it still fits.
    private static final int ROOM_BYTES = 64 << 10;

    private static final VarHandle PENDING;

    static {
        try {
            PENDING = MethodHandles.lookup().findVarHandle(StreamOutput.class, "pending", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Bytes first = Bytes.EMPTY;
    private @Nullable ArrayDeque<Bytes> more;
    private @Nullable Headers trailers;
    private int window;
    private volatile int pending;
    private volatile boolean isClosed;
    private volatile @Nullable Waiters writer;

    /// @param window of the stream
    StreamOutput(int window) {
        this.window = window;
    }

    /// So many bytes will be added. Thread: any.
    void expect(int bytes) {
        PENDING.getAndAdd(this, bytes);
    }

    /// Thread: any.
    boolean hasRoom() {
        return isClosed || pending < ROOM_BYTES;
    }

    /// Waits until there is room, or nothing is sent any more. Thread: the one that sends.
    ///
    /// @param peer to say whom it waits for
    void awaitRoom(Object peer) {
        if (hasRoom()) return;
        Waiters waiters = writer;
        if (waiters == null) {
            waiters = new Waiters();
            writer = waiters;
        }
        try {
            if (waiters.await(this::hasRoom, Deadline.current())) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for room to send", Processed.MAYBE, e);
        }
        throw new DeadlineExceeded("room in the queue to " + peer, Processed.MAYBE);
    }

    /// Lets whoever waits for room look again.
    void wakeWriter() {
        Waiters waiting = writer;
        if (waiting != null) waiting.wakeAll();
    }

    void add(Bytes piece) {
        if (first.isEmpty()) {
            first = piece;
            return;
        }
        if (more == null) more = new ArrayDeque<>();
        more.add(piece);
    }

    /// Nothing follows but these.
    void end(Headers last) {
        trailers = last;
    }

    boolean hasBytes() {
        return !first.isEmpty();
    }

    boolean hasEnd() {
        return trailers != null;
    }

    /// Whether the end is next, and can go with the last piece.
    boolean isAtEnd() {
        return first.isEmpty() && trailers != null && trailers.isEmpty();
    }

    Headers trailers() {
        return trailers == null ? Headers.EMPTY : trailers;
    }

    /// How much the peer allows on this stream.
    int window() {
        return window;
    }

    /// The peer allows `bytes` more, or less if it is below zero.
    ///
    /// @return false if that is more than can be allowed
    boolean growWindow(int bytes) {
        if ((long) window + bytes > Integer.MAX_VALUE) return false;
        window += bytes;
        return true;
    }

    /// So many bytes go out that were not added here.
    void useWindow(int bytes) {
        window -= bytes;
    }

    /// The next bytes, `most` at most, for which the window is used.
    Bytes take(int most) {
        Bytes taken = next(most);
        window -= taken.size();
        return taken;
    }

    private Bytes next(int most) {
        Bytes taken = first;
        if (taken.size() > most) {
            first = taken.slice(most, taken.size());
            return taken.slice(0, most);
        }
        Bytes next = more == null ? null : more.poll();
        first = next == null ? Bytes.EMPTY : next;
        return taken;
    }

    /// So many bytes have gone out.
    ///
    /// @return whether there is so much room that a writer is worth waking
    boolean sent(int bytes) {
        int left = (int) PENDING.getAndAdd(this, -bytes) - bytes;
        return left < ROOM_BYTES / 2;
    }

    /// Throws away what was not sent; nothing is from now on.
    void close() {
        isClosed = true;
        first = Bytes.EMPTY;
        more = null;
    }

    /// Thread: any.
    boolean isClosed() {
        return isClosed;
    }
}
