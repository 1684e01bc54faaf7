package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.cluster.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A question about one session, to whatever node has it: the one that presence names; where that has it no
/// longer, or none is named, as of a peer that knows no protocol, all of them; and then the one that it has
/// gone to meanwhile.
///
/// Shape: a node answers with a word, and behind a line feed where the session went.
///
/// Errors: nobody has it, and somebody does not answer: that one's failure. It goes on faster than it is
/// followed: [Rejected].
///
/// Thread: safe from any; nothing waits.
///
/// @param read takes the word
/// @param none of who does not have it
record SessionQuestion<T>(Nodes nodes, String sid, Bytes question, Function<String, T> read, T none) {
    private static final int MAX_HOPS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private record Said<T>(T word, Optional<String> movedTo) {}

    /// The words of an answer.
    static Bytes answer(String word, Optional<String> movedTo) {
        return Bytes.ofUtf8(movedTo.map(node -> word + '\n' + node).orElse(word));
    }

    private CompletableFuture<Said<T>> ask(String node) {
        return nodes.ask(node, question).thenApply(answer -> {
            String[] parts = answer.toUtf8().split("\n", 2);
            Optional<String> movedTo = parts.length > 1 ? Optional.of(parts[1]) : Optional.empty();
            return new Said<>(read.apply(parts[0]), movedTo);
        });
    }

    private boolean isFound(Said<T> said) {
        return !said.word().equals(none);
    }

    /// @param first the node that may have it
    CompletableFuture<T> ask(Optional<String> first, List<String> all) {
        return first.map(node -> ask(node).thenCompose(said -> isFound(said) ? done(said) : askAll(all)))
                .orElseGet(() -> askAll(all))
                .thenCompose(said -> follow(said, MAX_HOPS));
    }

    private static <T> CompletableFuture<Said<T>> done(Said<T> said) {
        return CompletableFuture.completedFuture(said);
    }

    /// Once one has it, the others are not waited for.
    private CompletableFuture<Said<T>> askAll(List<String> all) {
        CompletableFuture<Said<T>> found = new CompletableFuture<>();
        AtomicReference<Said<T>> trail = new AtomicReference<>(new Said<>(none, Optional.empty()));
        AtomicReference<@Nullable Throwable> unknown = new AtomicReference<>();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (String node : all) {
            answers.add(ask(node).handle((said, failure) -> {
                if (failure != null) unknown.set(failure);
                else if (isFound(said)) found.complete(said);
                else if (said.movedTo().isPresent()) trail.set(said);
                return null;
            }));
        }
        var _ = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).whenComplete((done, failure) -> {
            Throwable missing = unknown.get();
            if (missing == null || trail.get().movedTo().isPresent()) found.complete(trail.get());
            else found.completeExceptionally(missing);
        });
        return found;
    }

    private CompletableFuture<T> follow(Said<T> said, int hops) {
        if (isFound(said) || said.movedTo().isEmpty()) return CompletableFuture.completedFuture(said.word());
        if (hops == 0) {
            return CompletableFuture.failedFuture(
                    new Rejected("session " + sid + " is on its way between nodes", PAUSE));
        }
        return ask(said.movedTo().get()).thenCompose(next -> follow(next, hops - 1));
    }
}
