package io.hawser.internal.topic;

import io.hawser.cluster.TopicMessage;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/// What waits for room of the live messages of one subscriber. Over its limits the oldest is dropped and counted
/// for the subscription that it came by, which is told before the next message. So it is when the feed was
/// interrupted: then nobody knows how many were missed, which is 0.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards all fields, and the subscriber is called while it is held, so that order is kept.
final class LiveQueue {
    private record Waiting(LiveSubscription through, TopicMessage message) {}

    private static final long UNKNOWN = 0;

    private final TopicFollower follower;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(0);
    private final Map<LiveSubscription, Long> missed = new LinkedHashMap<>(0);
    private long bytes;
    private boolean isClosed;

    LiveQueue(TopicFollower follower) {
        this.follower = follower;
    }

    synchronized void add(LiveSubscription through, TopicMessage message) {
        if (isClosed) return;
        if (waiting.isEmpty() && missed.isEmpty() && follower.subscriber.message(message)) return;
        waiting.addLast(new Waiting(through, message));
        bytes += message.payload().size();
        while (waiting.size() > follower.all.limits.waiting() || bytes > follower.all.limits.waitingBytes()) {
            Waiting dropped = waiting.removeFirst();
            bytes -= dropped.message().payload().size();
            missed.merge(dropped.through(), 1L, LiveQueue::both);
            follower.all.counts.missed.increment();
        }
        follower.all.waits(follower);
    }

    /// As many more, or an unknown number.
    private static long both(long one, long other) {
        return one == UNKNOWN || other == UNKNOWN ? UNKNOWN : one + other;
    }

    /// Messages that would have come by `through` may have been missed.
    synchronized void interrupted(LiveSubscription through) {
        if (isClosed) return;
        missed.put(through, UNKNOWN);
        if (follower.subscriber.hasRoom()) flush();
        else follower.all.waits(follower);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty() && missed.isEmpty();
    }

    /// Hands out what waits, as far as there is room.
    ///
    /// @return whether nothing waits any more
    synchronized boolean flush() {
        missed.entrySet()
                .removeIf(entry -> follower.subscriber.gap(entry.getKey().pattern(), entry.getValue()));
        if (!missed.isEmpty()) {
            follower.all.waits(follower);
            return false;
        }
        while (!waiting.isEmpty()) {
            TopicMessage message = waiting.getFirst().message();
            if (!follower.subscriber.message(message)) {
                follower.all.waits(follower);
                return false;
            }
            waiting.removeFirst();
            bytes -= message.payload().size();
        }
        return true;
    }

    synchronized void close() {
        isClosed = true;
        waiting.clear();
        missed.clear();
        bytes = 0;
    }
}
