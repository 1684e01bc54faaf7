package io.hawser.internal.worker;

import io.hawser.Rejected;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.History;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.process.Dialogue;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A supervisor's side of the [ParentBackplane]s of its workers: it keeps the topics, knows who is where, and
/// carries what workers ask each other.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `roll` and who is told of its changes; under it the one of a [Feed] is taken.
public final class BackplaneService implements AutoCloseable {
    /// The longest question or answer.
    public static final int MAX_MESSAGE_BYTES = 32 << 20;

    /// Of a list of topics in one answer.
    private static final int MAX_TOPICS = 20_000;

    /// Of a history in one answer; a single message may be longer.
    private static final int MAX_HISTORY_BYTES = 4 << 20;

    static final String BEGIN = "begin";
    static final String ASK = "ask";

    private final Backplane backplane;
    private final Registration listening;
    private final Map<Dialogue, Feed> feeds = new ConcurrentHashMap<>();
    private final Roll roll = new Roll();

    /// @param backplane which it closes
    public BackplaneService(Backplane backplane) {
        this.backplane = backplane;
        this.listening = backplane.listen(new BackplaneListener() {
            @Override
            public void message(TopicMessage message) {
                ContainerBuilder said = TopicForms.message(message);
                feeds.values().forEach(feed -> feed.tell(said));
            }

            @Override
            public void interrupted() {
                feeds.values().forEach(feed -> feed.tell(Container.of(Feed.INTERRUPTED)));
            }
        });
    }

    /// Whether a question is one for it.
    public static boolean knows(Container question) {
        return switch (question.type()) {
            case BEGIN, ASK, TopicForms.PUBLISH, TopicForms.HISTORY, TopicForms.TOPICS, Roll.JOINED, Roll.LEFT -> true;
            default -> false;
        };
    }

    public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
        switch (question.type()) {
            case BEGIN -> begin(with, question.string("node"));
            case Roll.JOINED, Roll.LEFT -> change(with, question);
            case TopicForms.PUBLISH -> {
                return backplane.publish(TopicForms.publication(question)).thenApply(TopicForms::published);
            }
            case TopicForms.HISTORY -> {
                return history(question);
            }
            case TopicForms.TOPICS -> {
                int limit = Math.min(question.int32("limit"), MAX_TOPICS);
                return CompletableFuture.completedFuture(
                        TopicForms.topics(backplane.topics(question.string("after"), limit)));
            }
            case ASK -> {
                return pass(with, question);
            }
            default -> throw new IllegalArgumentException("no question " + question.type());
        }
        return CompletableFuture.completedFuture(Container.of("done"));
    }

    private synchronized void begin(Dialogue with, String node) {
        if (roll.nodes().contains(node)) throw new Rejected("there is a node " + node, null);
        Feed feed = new Feed(
                node, with, () -> Thread.ofVirtual().name("hawser-feed-" + node).start(() -> keepUp(with)));
        roll.apply(Roll.node(node, true).build());
        feeds.values().forEach(other -> other.tell(Roll.node(node, true)));
        feeds.put(with, feed);
        if (!feed.catchUp(roll.changesWithout(node))) throw new Rejected("no room for the state of the others", null);
    }

    private void keepUp(Dialogue with) {
        try {
            for (Feed feed = feeds.get(with); feed != null && with.isOpen(); feed = feeds.get(with)) {
                if (catchUp(feed)) return;
                Feed.pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean catchUp(Feed feed) {
        return feed.catchUp(roll.changesWithout(feed.node));
    }

    private synchronized void change(Dialogue with, Container said) {
        roll.apply(said);
        tellOthers(with, said.toBuilder());
    }

    private void tellOthers(Dialogue with, ContainerBuilder said) {
        feeds.forEach((dialogue, feed) -> {
            if (!dialogue.equals(with)) feed.tell(said);
        });
    }

    private CompletableFuture<ContainerBuilder> history(Container question) {
        var after = TopicForms.after(question);
        CompletableFuture<History> history =
                backplane.history(Topic.of(question.string("topic")), after, question.int32("limit"));
        return history.thenApply(kept -> TopicForms.history(kept, after.isPresent(), MAX_HISTORY_BYTES));
    }

    private CompletableFuture<ContainerBuilder> pass(Dialogue with, Container question) {
        Feed from = feeds.get(with);
        String node = question.string("node");
        for (Feed to : feeds.values()) {
            if (!to.node.equals(node) || from == null) continue;
            return to.dialogue
                    .beginWithin(
                            Feed.ROOM_BYTES,
                            Container.of(ASK).with("from", from.node).with("request", question.bytes("request")))
                    .thenApply(Container::toBuilder);
        }
        return CompletableFuture.failedFuture(new Rejected("no node " + node, null));
    }

    /// A worker is gone, and with it who was present there.
    public synchronized void ended(Dialogue with) {
        @Nullable Feed gone = feeds.remove(with);
        if (gone == null) return;
        roll.apply(Roll.node(gone.node, false).build());
        tellOthers(with, Roll.node(gone.node, false));
    }

    @Override
    public void close() {
        listening.close();
        backplane.close();
    }
}
