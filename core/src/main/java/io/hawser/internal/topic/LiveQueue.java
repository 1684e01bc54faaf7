package io.hawser.internal.topic;

import io.hawser.LimitExceeded;
import io.hawser.cluster.TopicMessage;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What waits for room of the live messages of one subscriber. Over its limits the oldest is dropped and
/// counted for the subscription that it came by, which is told before the next message. Where the feed was
/// interrupted, nobody knows how many were missed; that waits in its place among the messages, and takes
/// none of theirs: between two messages there is one mark of a subscription at most. What the subscriber can
/// never take, or throws at, is dropped in its turn.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards all fields, and the subscriber is called while it is held, so that order is kept.
final class LiveQueue {
    private static final long UNKNOWN = 0;

    /// A message, or the place where some may be missing.
    private record Waiting(
            LiveSubscription through, @Nullable TopicMessage message) {
        boolean isMessage() {
            return message != null;
        }

        long bytes() {
            return message == null ? 0 : message.payload().size();
        }
    }

    private final TopicFollower follower;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(0);
    private final Map<LiveSubscription, Long> missed = new LinkedHashMap<>(0);
    private int messages;
    private long bytes;
    private boolean isClosed;

    LiveQueue(TopicFollower follower) {
        this.follower = follower;
    }

    synchronized void add(LiveSubscription through, TopicMessage message) {
        if (isClosed) return;
        if (!isEmpty() || !hand(through, message)) add(new Waiting(through, message));
        else if (!isEmpty()) flushIfRoom();
    }

    private void add(Waiting next) {
        waiting.addLast(next);
        if (next.isMessage()) messages++;
        bytes += next.bytes();
        while (messages > follower.all.limits.waiting() || bytes > follower.all.limits.waitingBytes()) {
            Waiting oldest = removeFirst();
            drop(oldest.through(), oldest.isMessage());
        }
        follower.all.waits(follower);
    }

    private Waiting removeFirst() {
        Waiting first = waiting.removeFirst();
        if (first.isMessage()) messages--;
        bytes -= first.bytes();
        return first;
    }

    private void drop(LiveSubscription through, boolean isMessage) {
        if (isMessage) follower.all.counts.missed.increment();
        missed.merge(through, isMessage ? 1L : UNKNOWN, LiveQueue::both);
    }

    /// As many more, or an unknown number.
    private static long both(long one, long other) {
        return one == UNKNOWN || other == UNKNOWN ? UNKNOWN : one + other;
    }

    /// Messages that would have come by `through` from now on may have been missed.
    synchronized void interrupted(LiveSubscription through) {
        if (isClosed || isKnown(through)) return;
        add(new Waiting(through, null));
        flushIfRoom();
    }

    private void flushIfRoom() {
        boolean hasRoom = false;
        try {
            hasRoom = follower.subscriber.hasRoom();
        } catch (Throwable failure) {
            follower.failed(failure);
        }
        if (hasRoom) flush();
        else follower.all.waits(follower);
    }

    /// Whether it is the last thing to be told that messages by `through` may be missing.
    private boolean isKnown(LiveSubscription through) {
        for (Iterator<Waiting> newestFirst = waiting.descendingIterator(); newestFirst.hasNext(); ) {
            Waiting next = newestFirst.next();
            if (next.isMessage()) return false;
            if (next.through().equals(through)) return true;
        }
        return false;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty() && missed.isEmpty();
    }

    /// Hands out what waits, as far as there is room.
    ///
    /// @return whether nothing waits any more
    synchronized boolean flush() {
        try {
            while (tellMissed() && !waiting.isEmpty()) {
                Waiting next = waiting.getFirst();
                if (!hand(next.through(), next.message())) break;
                removeFirst();
            }
        } catch (Throwable failure) {
            follower.failed(failure);
        }
        if (!isEmpty()) follower.all.waits(follower);
        return isEmpty();
    }

    /// @return whether nothing is left to be told before the next message
    private boolean tellMissed() {
        missed.entrySet()
                .removeIf(entry -> follower.subscriber.gap(entry.getKey().pattern(), entry.getValue()));
        return missed.isEmpty();
    }

    /// @return whether its turn is over: it was taken, or dropped because it cannot be
    private boolean hand(LiveSubscription through, @Nullable TopicMessage message) {
        if (message == null) return follower.subscriber.gap(through.pattern(), UNKNOWN);
        try {
            return follower.subscriber.message(message);
        } catch (LimitExceeded tooLarge) {
            drop(through, true);
        } catch (Throwable failure) {
            follower.failed(failure);
            drop(through, true);
        }
        return true;
    }

    synchronized void close() {
        isClosed = true;
        waiting.clear();
        missed.clear();
        messages = 0;
        bytes = 0;
    }
}
