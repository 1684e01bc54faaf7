package io.hawser.hub.v1;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// What is under way with sessions, by name: who finds one neither here nor elsewhere waits until it is over.
///
/// Thread: safe from any.
final class UnderWay {
    private final ConcurrentHashMap<String, CompletableFuture<Void>> bySid = new ConcurrentHashMap<>();

    /// Something begins.
    ///
    /// Owner: whoever began it completes what is returned.
    CompletableFuture<Void> begin(String sid) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> all = bySid.merge(sid, mine, CompletableFuture::allOf);
        var _ = all.whenComplete((done, failure) -> bySid.remove(sid, all));
        return mine;
    }

    /// Done when nothing is under way with that session any more; empty if nothing is.
    Optional<CompletableFuture<Void>> of(String sid) {
        return Optional.ofNullable(bySid.get(sid)).filter(all -> !all.isDone());
    }
}
