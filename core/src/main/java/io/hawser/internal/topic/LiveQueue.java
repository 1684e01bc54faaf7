package io.hawser.internal.topic;

import io.hawser.cluster.TopicMessage;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/// What waits for room of the live messages of one subscriber. Over its limits the oldest is dropped and counted
/// for the subscription that it came by, which is told before the next message.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards all fields, and the subscriber is called while it is held, so that order is kept.
final class LiveQueue {
    private record Waiting(LiveSubscription through, TopicMessage message) {}

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
            missed.merge(dropped.through(), 1L, Long::sum);
            follower.all.counts.missed.increment();
        }
        follower.all.waits(follower);
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
