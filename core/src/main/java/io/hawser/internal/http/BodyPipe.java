package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.http.Headers;
import io.hawser.internal.io.IoLoop;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A body that comes from a network: an event loop fills it, and one reader takes from it, which is a
/// thread that may wait ([#read()]) or another event loop ([#poll()] and [#onChange]).
///
/// What is not yet read is bounded by back-pressure: at [#CAPACITY_BYTES] the filling side stops reading
/// its peer, and goes on when half of it is gone. Once it has ended or failed, that is final; a failure
/// throws away what was not read, so that nobody acts on a message that turned out to be none.
///
/// Thread: fields are guarded by this monitor, which is never held while [Source] or a listener is called.
public final class BodyPipe implements NetworkBody {
    /// What may wait to be read before the filling side stops; the piece that goes over it still fits.
    public static final int CAPACITY_BYTES = 64 << 10;

    /// Smaller pieces are put together while they wait: each by itself would cost more than it holds.
    private static final int SMALL_BYTES = 512;

    private static final int GATHERED_BYTES = 16 << 10;

    /// The side that fills a pipe. Thread: called from any.
    public interface Source {
        /// The reader wants the first piece of a body that is sent only when it is wanted.
        void wanted();

        /// The pipe was full, and has room again.
        void roomMade();

        /// The reader wants no more: what still comes may be thrown away.
        void abandoned();
    }

    private final Source source;
    private final OptionalLong length;
    private final Optional<String> contentType;
    private final boolean awaitsContinue;
    private long maxBytes;
    /// Whether a route has said what may be, in place of the server.
    private boolean isRouted;

    private final ArrayDeque<Bytes> pieces = new ArrayDeque<>(2);
    private byte[] gathered = {};
    private int gatheredBytes;
    private long received;
    private int buffered;
    private boolean wanted;
    private boolean full;
    private boolean ended;
    private boolean closed;
    private @Nullable RuntimeException failure;
    private @Nullable Runnable listener;
    private Headers trailers = Headers.EMPTY;

    /// @param length as the head of the message says it
    /// @param awaitsContinue whether the peer sends nothing before [Source#wanted()] was answered
    /// @param maxBytes as long as no route says otherwise
    public BodyPipe(
            Source source, OptionalLong length, Optional<String> contentType, boolean awaitsContinue, long maxBytes) {
        this.source = source;
        this.length = length;
        this.contentType = contentType;
        this.awaitsContinue = awaitsContinue;
        this.maxBytes = maxBytes;
    }

    @Override
    public synchronized void limit(long changed) {
        maxBytes = isRouted ? Math.min(maxBytes, changed) : changed;
        isRouted = true;
    }

    @Override
    public synchronized void check() {
        judge();
        if (failure != null) throw failure;
    }

    /// How many bytes there may be.
    public synchronized long maxBytes() {
        return maxBytes;
    }

    /// Whether `count` bytes are more than somebody wants who may have them. A body that nobody wants yet
    /// has no limit: its route may allow more, and until then there is no room for more than a pipe holds.
    public synchronized boolean isOverrun(long count) {
        return (wanted || closed) && count > maxBytes;
    }

    /// Who reads it then learns of that.
    @Override
    public synchronized boolean isTooLong() {
        return Math.max(received, length.orElse(0)) > maxBytes;
    }

    /// Decided when somebody wants it, and not before: until then a route may allow more.
    private void judge() {
        if (!isTooLong() || closed || failure != null) return;
        long seen = Math.max(received, length.orElse(0));
        failure = new LimitExceeded("maxBodyBytes", maxBytes, seen, Processed.NO);
        clear();
    }

    /// Adds a piece, whatever waits already. Dropped once nobody reads it.
    public void offer(Bytes piece) {
        if (piece.isEmpty()) return;
        synchronized (this) {
            received += piece.size();
            if (closed || ended || failure != null) return;
            if (piece.size() < SMALL_BYTES && !isEmpty()) {
                gather(piece);
            } else {
                endGathering();
                pieces.add(piece);
            }
            buffered += piece.size();
            full |= buffered >= CAPACITY_BYTES;
            if (wanted) judge();
        }
        changed();
    }

    private boolean isEmpty() {
        return pieces.isEmpty() && gatheredBytes == 0;
    }

    private void gather(Bytes piece) {
        int needed = gatheredBytes + piece.size();
        if (needed > gathered.length) gathered = Arrays.copyOf(gathered, Math.max(SMALL_BYTES, 2 * needed));
        piece.copyTo(gathered, gatheredBytes);
        gatheredBytes = needed;
        if (needed >= GATHERED_BYTES) endGathering();
    }

    /// What was put together is a piece.
    private void endGathering() {
        if (gatheredBytes == 0) return;
        pieces.add(Bytes.wrap(gathered).slice(0, gatheredBytes));
        gathered = new byte[0];
        gatheredBytes = 0;
    }

    private void clear() {
        pieces.clear();
        gatheredBytes = 0;
        buffered = 0;
    }

    /// All has come.
    public void end(Headers last) {
        synchronized (this) {
            if (ended || failure != null) return;
            ended = true;
            trailers = last;
        }
        changed();
    }

    /// It will not come to its end.
    public void fail(RuntimeException why) {
        synchronized (this) {
            if (ended || failure != null) return;
            failure = why;
            clear();
        }
        changed();
    }

    private void changed() {
        Runnable told;
        synchronized (this) {
            notifyAll();
            told = listener;
            listener = null;
        }
        if (told != null) told.run();
    }

    /// Whether the filling side should go on reading.
    public synchronized boolean hasRoom() {
        return !full;
    }

    /// How many bytes have come in all, those that nobody wanted included.
    public synchronized long received() {
        return received;
    }

    /// Whether nothing more will come.
    public synchronized boolean isOver() {
        return ended || failure != null;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /// Whether the peer waits until somebody wants the body, and nobody does yet.
    public synchronized boolean isHeldBack() {
        return awaitsContinue && !wanted;
    }

    /// Lets the peer send, as a first read does.
    public void want() {
        synchronized (this) {
            judge();
            boolean isFirst = isHeldBack() && failure == null;
            if (failure == null) wanted = true;
            if (!isFirst) return;
        }
        source.wanted();
    }

    public synchronized Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /// The next piece, [Bytes#EMPTY] at the end, null if none has come yet. Never waits.
    public @Nullable Bytes poll() {
        Bytes piece;
        boolean isFirst;
        boolean makesRoom;
        synchronized (this) {
            piece = take();
            isFirst = isHeldBack();
            wanted = true;
            makesRoom = full && buffered <= CAPACITY_BYTES / 2;
            full &= !makesRoom;
        }
        if (isFirst && piece == null) source.wanted();
        if (makesRoom) source.roomMade();
        return piece;
    }

    /// The next piece. Waits for it, until [Deadline#current()].
    ///
    /// @throws IllegalStateException on an event loop, where it would have to wait
    @Override
    public Bytes read() {
        for (Bytes piece = poll(); ; piece = poll()) {
            if (piece != null) return piece;
            if (IoLoop.isCurrent()) {
                throw new IllegalStateException("this body has not come yet, and an event loop must not wait for it:"
                        + " answer with it, or handle the request in another execution mode");
            }
            awaitChange(Deadline.current());
        }
    }

    private @Nullable Bytes take() {
        judge();
        if (failure != null) throw failure;
        if (closed) return Bytes.EMPTY;
        if (pieces.isEmpty()) endGathering();
        Bytes piece = pieces.poll();
        if (piece == null) return ended ? Bytes.EMPTY : null;
        buffered -= piece.size();
        return piece;
    }

    private synchronized void awaitChange(Deadline deadline) {
        while (isEmpty() && !ended && failure == null && !closed) await(deadline);
    }

    private void await(Deadline deadline) {
        long nanos = deadline.remainingNanos();
        if (nanos <= 0) throw new DeadlineExceeded("the next piece of a body", Processed.MAYBE);
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for a body", Processed.MAYBE, e);
        }
    }

    /// Waits until nothing more will come, at least `bytes` have come, or `atMost` has passed.
    public synchronized void awaitReceived(long bytes, long atMostNanos) throws InterruptedException {
        long end = System.nanoTime() + atMostNanos;
        while (!ended && failure == null && received < bytes) {
            long left = end - System.nanoTime();
            if (left <= 0) return;
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /// Calls `told` once, at the next piece, end or failure: at once if there is one already.
    ///
    /// Thread: that of the filling side, or the calling one.
    public void onChange(Runnable told) {
        synchronized (this) {
            if (isEmpty() && !ended && failure == null) {
                listener = told;
                return;
            }
        }
        told.run();
    }

    /// Calls `told` once, when something more comes than has by now. Thread: that of the filling side.
    public synchronized void onMore(Runnable told) {
        listener = told;
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public Optional<String> contentType() {
        return contentType;
    }

    @Override
    public synchronized Headers trailers() {
        return ended && isEmpty() ? trailers : Headers.EMPTY;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) return;
            closed = true;
            clear();
            full = false;
            if (ended || failure != null) return;
        }
        source.abandoned();
    }
}
