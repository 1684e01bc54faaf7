package io.hawser.internal.topic;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A broker whose feed, and whose reads of topics, come when a test says so.
final class HeldBroker implements LogBroker {
    static final int PER_TOPIC = 100;

    final List<TopicMessage> stored = new ArrayList<>();
    final ArrayDeque<Runnable> reads = new ArrayDeque<>();
    String epoch = "e";
    boolean isReachable = true;
    private final Map<Long, Topic> places = new HashMap<>();
    private String tags = "t";
    private @Nullable Receiver receiver;
    private long from;
    private long number;

    HeldBroker() {
        store(HistoryMarks.TOPIC, "");
    }

    TopicMessage store(Topic topic, String text) {
        Position at = new Position(epoch, stored.size() + 1, tags + (stored.size() + 1));
        TopicMessage message = new TopicMessage(topic, at, Bytes.ofUtf8(text), Instant.EPOCH);
        stored.add(message);
        return message;
    }

    /// Somebody else has put something in the place of a topic's message.
    void storeForeign(Topic topic) {
        places.put(store(NOBODYS, "").position().offset(), topic);
    }

    private boolean isInPlaceOf(TopicMessage message, Topic topic) {
        long offset = message.position().offset();
        return message.topic().equals(NOBODYS)
                ? topic.equals(places.get(offset))
                : message.topic().equals(topic);
    }

    /// Loses all from the message at `offset` on; what is stored now is another history.
    void rollBackBehind(long offset) {
        while (stored.size() > offset) stored.removeLast();
        tags = "u";
    }

    /// Brings the feed up to the message at `offset`.
    void feedTo(long offset) {
        Receiver to = receiver;
        while (to != null && from <= offset) to.message(++number, stored.get((int) from++ - 1));
    }

    /// Answers all reads of topics that were asked for.
    void answerReads() {
        while (!reads.isEmpty()) reads.removeFirst().run();
    }

    @Override
    public boolean isReachable() {
        return isReachable;
    }

    @Override
    public CompletableFuture<LogState> state() {
        return CompletableFuture.completedFuture(new LogState(epoch, 1, stored.size(), PER_TOPIC));
    }

    @Override
    public CompletableFuture<String> tagAt(long offset) {
        boolean isThere = offset >= 1 && offset <= stored.size();
        return CompletableFuture.completedFuture(
                isThere ? stored.get((int) offset - 1).position().tag() : "");
    }

    @Override
    public CompletableFuture<List<LoadedTopic.Aged>> kept(Topic topic, String life) {
        List<LoadedTopic.Aged> all = stored.stream()
                .filter(message -> isInPlaceOf(message, topic))
                .map(message -> new LoadedTopic.Aged(message, 0))
                .toList();
        List<LoadedTopic.Aged> kept = all.subList(Math.max(0, all.size() - PER_TOPIC), all.size());
        if (topic.equals(HistoryMarks.TOPIC)) return CompletableFuture.completedFuture(kept);
        CompletableFuture<List<LoadedTopic.Aged>> read = new CompletableFuture<>();
        reads.add(() -> read.complete(kept));
        return read;
    }

    @Override
    public CompletableFuture<Appended> append(Publication publication, String tag) {
        TopicMessage message = store(publication.topic(), publication.payload().toUtf8());
        return CompletableFuture.completedFuture(
                new Appended(message.position().offset(), message.position().tag(), false));
    }

    @Override
    public CompletableFuture<Registration> follow(String life, long offset, Receiver to) {
        receiver = to;
        from = offset;
        number = 0;
        return CompletableFuture.completedFuture(() -> {
            if (to.equals(receiver)) receiver = null;
        });
    }
}
