package io.hawser.internal.topic;

import io.hawser.Rejected;
import io.hawser.cluster.Position;
import io.hawser.cluster.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// One read of what a broker keeps of a topic, for all who ask while it is under way.
///
/// @param life of the memory in which it began: what was read before a memory began anew says nothing of after
/// @param offset up to which the memory had come then
/// @param loaded what was read
record TopicRead(long life, long offset, CompletableFuture<LoadedTopic> loaded) {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// Reads between two looks at what there is, which say whether it was one history and how far it
    /// reaches; then proves that it is that of the newest message which the feed had brought when it was read.
    ///
    /// @param newest of the feed
    /// @param contradicted told if it is not
    static CompletableFuture<LoadedTopic> from(
            LogBroker broker, Topic topic, Supplier<Position> newest, Runnable contradicted) {
        return broker.state()
                .thenCompose(before -> broker.kept(topic, before.epoch()).thenCompose(messages -> {
                    Position at = newest.get();
                    return broker.state()
                            .thenCompose(after -> isOfHistoryWith(broker, at, before, after)
                                    .thenApply(isSame -> {
                                        if (isSame) return joined(topic, before, messages, after);
                                        contradicted.run();
                                        throw new Rejected("the history is not that of a moment ago", PAUSE);
                                    }));
                }));
    }

    /// A message that is not kept any more, though there are newer ones, proves nothing and refutes nothing.
    private static CompletableFuture<Boolean> isOfHistoryWith(
            LogBroker broker, Position at, LogState before, LogState after) {
        boolean isSameLife = at.epoch().equals(before.epoch()) && at.epoch().equals(after.epoch());
        boolean isToBeProved = isSameLife && !at.tag().isEmpty();
        if (!isToBeProved) return CompletableFuture.completedFuture(true);
        if (after.last() < at.offset()) return CompletableFuture.completedFuture(false);
        return broker.tagAt(at.offset()).thenApply(tag -> tag.isEmpty() || tag.equals(at.tag()));
    }

    private static LoadedTopic joined(Topic topic, LogState before, List<LoadedTopic.Aged> messages, LogState after) {
        if (!before.epoch().equals(after.epoch()) || after.last() < before.last()) {
            throw new Rejected("the history changed while it was read", PAUSE);
        }
        long through = messages.isEmpty()
                ? before.last()
                : Math.max(
                        before.last(), messages.getLast().message().position().offset());
        // Of a topic that is full older messages may be gone; of all topics those before the first that is kept.
        long completeAfter = messages.size() >= before.perTopic()
                ? messages.getFirst().message().position().offset() - 1
                : Math.max(0, Math.min(after.first(), after.last() + 1) - 1);
        List<LoadedTopic.Aged> own = messages.stream()
                .filter(aged -> aged.message().topic().equals(topic))
                .toList();
        return new LoadedTopic(before.epoch(), Math.min(completeAfter, through), through, own);
    }
}
