package io.hawser.internal.topic;

import io.hawser.Rejected;
import io.hawser.cluster.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One read of what a broker keeps of a topic, for all who ask while it is under way.
///
/// @param life of the memory in which it began: what was read before a memory began anew says nothing of after
/// @param offset up to which the memory had come then
/// @param loaded what was read
record TopicRead(long life, long offset, CompletableFuture<LoadedTopic> loaded) {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// Reads between two looks at what there is, which say whether it was one history and how far it reaches.
    static CompletableFuture<LoadedTopic> from(LogBroker broker, Topic topic) {
        return broker.state()
                .thenCompose(before -> broker.kept(topic, before.epoch())
                        .thenCompose(messages -> broker.state().thenApply(after -> joined(before, messages, after))));
    }

    private static LoadedTopic joined(LogState before, List<LoadedTopic.Aged> messages, LogState after) {
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
        return new LoadedTopic(before.epoch(), Math.min(completeAfter, through), through, messages);
    }
}
