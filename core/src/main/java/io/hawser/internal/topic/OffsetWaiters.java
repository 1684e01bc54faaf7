package io.hawser.internal.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// Who waits for the feed to reach an offset.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `waiting`; nobody is woken while it is held. `swept` is of [#sweep()] alone.
final class OffsetWaiters {
    private final TreeMap<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
    private volatile List<CompletableFuture<Void>> swept = List.of();
    private volatile boolean isAnyone;

    /// Done when [#reached] is called with at least `offset`.
    synchronized CompletableFuture<Void> await(long offset) {
        isAnyone = true;
        return waiting.computeIfAbsent(offset, key -> new CompletableFuture<>());
    }

    void reached(long offset) {
        if (!isAnyone) return;
        List<CompletableFuture<Void>> due = new ArrayList<>();
        synchronized (this) {
            Map<Long, CompletableFuture<Void>> reached = waiting.headMap(offset, true);
            due.addAll(reached.values());
            reached.clear();
            isAnyone = !waiting.isEmpty();
        }
        for (CompletableFuture<Void> waiter : due) waiter.complete(null);
    }

    /// Lets those go who have waited since the last call: nobody waits for ever, nor less than from one call to
    /// the next, but with whoever waits for the same offset already.
    void sweep() {
        if (!isAnyone) return;
        for (CompletableFuture<Void> waiter : swept) waiter.complete(null);
        synchronized (this) {
            waiting.values().removeIf(CompletableFuture::isDone);
            swept = List.copyOf(waiting.values());
            isAnyone = !waiting.isEmpty();
        }
    }
}
