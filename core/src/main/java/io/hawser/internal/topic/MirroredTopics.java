package io.hawser.internal.topic;

import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.History;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Registration;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// One node's memory of the logs that a [LogBroker] keeps for all nodes.
///
/// One stream of all messages of all topics feeds it, in the order of their offsets, which follow one
/// upon the other: so a message that this node has missed shows as a gap. Then, as when the broker's
/// history is another one, the memory begins anew and listeners are told, who ask for what came after
/// the last that they know.
///
/// What is asked for is answered from this memory where it reaches. Where it does not, the topic is
/// read from the broker, once however many ask at the same time, and joined to what the feed brings.
/// While the broker is away, memory is all there is.
///
/// Thread: safe from any; the calls of the feed come one after another.
public final class MirroredTopics {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TopicRules rules;
    private final LogBroker broker;
    private final TopicStore store;
    private final Listeners listeners;
    private final ConcurrentHashMap<Topic, CompletableFuture<LoadedTopic>> loads = new ConcurrentHashMap<>();
    private final OffsetWaiters waiters = new OffsetWaiters();
    /// The greatest offset that this node was told of by an acknowledgement.
    private final AtomicLong acknowledged = new AtomicLong();

    private volatile boolean hasBegun;
    private volatile Position last = Position.NONE;

    public MirroredTopics(
            TopicRules rules, MemoryLimits limits, TimeSource time, LogBroker broker, Listeners listeners) {
        this.rules = rules;
        this.broker = broker;
        this.listeners = listeners;
        this.store = new TopicStore(rules, limits, time, "", 0);
    }

    public Registration listen(BackplaneListener listener) {
        return listeners.add(listener);
    }

    /// The life of the history that is mirrored; empty before the first.
    public String epoch() {
        return store.epoch();
    }

    /// Up to where the feed has come.
    public long offset() {
        return store.offset();
    }

    /// The feed begins, or begins again, behind `offset` in the life `epoch`.
    public void begin(String epoch, long offset) {
        boolean isFirst = !hasBegun;
        acknowledged.set(offset);
        store.begin(epoch, offset);
        last = new Position(epoch, offset, "");
        hasBegun = true;
        waitNoLonger();
        if (!isFirst) listeners.interrupted();
    }

    /// The feed brings a message.
    public void feed(TopicMessage message) {
        long offset = message.position().offset();
        long before = store.offset();
        if (offset <= before) return;
        if (offset > before + 1) begin(store.epoch(), offset - 1);
        store.append(message);
        last = message.position();
        listeners.message(message);
        waiters.reached(offset);
    }

    /// The position of the last message of the feed; without a tag if there was none since it began.
    public Position last() {
        return last;
    }

    /// Whoever waits for the feed has waited long enough, and is answered from what there is.
    public void waitNoLonger() {
        waiters.reached(Long.MAX_VALUE);
    }

    /// Publishes to a log.
    public CompletableFuture<Published> publish(Publication publication) {
        return broker.append(publication, Marks.tag()).thenApply(published -> {
            acknowledged.accumulateAndGet(published.position().offset(), Math::max);
            return published;
        });
    }

    public List<Topic> topics(String after, int limit) {
        return store.topics(after, limit);
    }

    /// What came after `after`, or last.
    public CompletableFuture<History> history(Topic topic, Optional<Position> after, int limit) {
        if (!rules.of(topic).isLog()) throw new IllegalArgumentException("topic " + topic + " is live: no history");
        long seen = acknowledged.get();
        if (store.offset() >= seen || !broker.isConnected()) return read(topic, after, limit);
        CompletableFuture<Void> reached = waiters.await(seen);
        // It may have come there in between.
        waiters.reached(store.offset());
        return reached.thenCompose(there -> read(topic, after, limit));
    }

    private CompletableFuture<History> read(Topic topic, Optional<Position> after, int limit) {
        if (!hasBegun) return CompletableFuture.failedFuture(new Rejected("no history is known yet", PAUSE));
        Optional<History> known =
                after.isPresent() ? store.after(topic, after.get(), limit) : store.lastIfComplete(topic, limit);
        boolean isOtherLife =
                known.flatMap(History::hole).filter(ResyncReason.EPOCH::equals).isPresent();
        if (known.isPresent() && !(isOtherLife && broker.isConnected())) {
            return CompletableFuture.completedFuture(known.get());
        }
        if (!broker.isConnected()) return withoutBroker(topic, after, limit);
        return load(topic).thenApply(loaded -> {
            if (!loaded.epoch().equals(store.epoch())) broker.doubted();
            return after.isPresent()
                    ? store.after(topic, after.get(), limit, loaded)
                    : store.last(topic, limit, loaded);
        });
    }

    private CompletableFuture<History> withoutBroker(Topic topic, Optional<Position> after, int limit) {
        if (after.isEmpty() && store.knows(topic)) {
            return CompletableFuture.completedFuture(store.last(topic, limit));
        }
        return CompletableFuture.failedFuture(new Rejected("the broker is away, and memory does not reach", PAUSE));
    }

    private CompletableFuture<LoadedTopic> load(Topic topic) {
        CompletableFuture<LoadedTopic> mine = new CompletableFuture<>();
        CompletableFuture<LoadedTopic> running = loads.putIfAbsent(topic, mine);
        if (running != null) return running;
        var _ = broker.load(topic).whenComplete((loaded, failure) -> {
            // Out first: who asks after this may need what is newer.
            loads.remove(topic, mine);
            if (failure != null) mine.completeExceptionally(failure);
            else mine.complete(loaded);
        });
        return mine;
    }

    /// What the memory takes, about.
    public long bytes() {
        return store.bytes();
    }
}
