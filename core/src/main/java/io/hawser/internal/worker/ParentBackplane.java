package io.hawser.internal.worker;

import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.StartupFailed;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.BackplaneStatus;
import io.hawser.cluster.History;
import io.hawser.cluster.Nodes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Presence;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicRules;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.topic.Listeners;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A backplane whose topics the parent process keeps, for it and its other children; who is where is known here
/// too, so that asking waits for nobody.
///
/// Thread: safe from any; what the parent says comes on one thread.
public final class ParentBackplane implements Backplane {
    private static final Logger LOG = LoggerFactory.getLogger(ParentBackplane.class);
    private static final int MAX_PAYLOAD_BYTES = BackplaneService.MAX_MESSAGE_BYTES / 2;
    private static final int PATIENCE_SECONDS = 30;

    private final Dialogue parent;
    private final TopicRules rules;
    private final Listeners listeners = new Listeners();
    private final Roll roll = new Roll();
    private final ParentNodes nodes;
    private final Presence presence;
    private final Instant since = Instant.now();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private volatile boolean isClosed;

    /// Not before [#begin()] has returned is it usable.
    ///
    /// @param parent what it says has to come to [#answer]
    public ParentBackplane(Dialogue parent, String node, TopicRules rules) {
        this.parent = parent;
        this.rules = rules;
        this.nodes = new ParentNodes(parent, node, roll);
        this.presence = new ParentPresence(this::tell, node, roll);
        roll.apply(Roll.node(node, true).build());
    }

    /// Tells the parent, and waits for what it knows of the others.
    ///
    /// @throws StartupFailed if it says nothing
    public void begin() {
        var _ = parent.ask(Container.of(BackplaneService.BEGIN).with("node", nodes.name()));
        try {
            begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Rejected("interrupted while waiting for the parent", null);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartupFailed("the parent does not say who is where", e);
        }
    }

    /// What the parent says or asks.
    ///
    /// @return empty if it is not about topics
    public Optional<CompletableFuture<ContainerBuilder>> answer(Container said) {
        switch (said.type()) {
            case TopicForms.MESSAGE -> listeners.message(TopicForms.message(said));
            case Feed.RESET -> roll.keepOnly(nodes.name());
            case Feed.INTERRUPTED -> {
                if (!begun.complete(null)) listeners.interrupted();
            }
            case Roll.JOINED, Roll.LEFT, Roll.NODE -> roll.apply(said);
            case BackplaneService.ASK -> {
                return Optional.of(nodes.asked(said));
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(CompletableFuture.completedFuture(Container.of("done")));
    }

    /// A parent that takes nothing any more is as good as gone, and so is a worker whose presence it does
    /// not know.
    private void tell(ContainerBuilder said) {
        if (parent.offer(said) || !parent.isOpen()) return;
        LOG.error("the parent process does not take what it is told: leaving it");
        parent.close();
    }

    @Override
    public TopicRules rules() {
        return rules;
    }

    @Override
    public CompletableFuture<Published> publish(Publication publication) {
        if (isClosed) return closed();
        int size = publication.payload().size();
        if (size > MAX_PAYLOAD_BYTES) {
            return CompletableFuture.failedFuture(
                    new LimitExceeded("payload of a topic's message", MAX_PAYLOAD_BYTES, size, Processed.NO));
        }
        // It leaves room for who is present, and for answers: a publication can be refused, and come again.
        return asked(() -> parent.beginWithin(Feed.ROOM_BYTES, TopicForms.publish(publication)))
                .thenApply(TopicForms::published);
    }

    private static CompletableFuture<Container> asked(Supplier<CompletableFuture<Container>> question) {
        try {
            return question.get();
        } catch (Rejected e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Registration listen(BackplaneListener listener) {
        return listeners.add(listener);
    }

    @Override
    public CompletableFuture<History> history(Topic topic, Optional<Position> after, int limit) {
        if (!rules.of(topic).isLog()) throw new IllegalArgumentException("topic " + topic + " is live: no history");
        if (isClosed) return closed();
        return asked(() -> parent.begin(TopicForms.ask(topic, after, limit))).thenApply(TopicForms::history);
    }

    /// The parent's. It gives as many at once as fit one answer.
    @Override
    public List<Topic> topics(String after, int limit) {
        List<Topic> topics = new ArrayList<>();
        String last = after;
        while (topics.size() < limit) {
            List<Topic> next = TopicForms.topics(parent.ask(TopicForms.askTopics(last, limit - topics.size())));
            if (next.isEmpty()) break;
            topics.addAll(next);
            last = next.getLast().name();
        }
        return topics;
    }

    private static <T> CompletableFuture<T> closed() {
        return CompletableFuture.failedFuture(new Rejected("the backplane is closed", null));
    }

    @Override
    public Presence presence() {
        return presence;
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public BackplaneStatus status() {
        boolean isOpen = parent.isOpen();
        return new BackplaneStatus(
                isOpen, since, isOpen ? "in the memory of the parent process" : "the parent is gone");
    }

    /// The dialogue with the parent is the caller's to close.
    @Override
    public void close() {
        isClosed = true;
    }
}
