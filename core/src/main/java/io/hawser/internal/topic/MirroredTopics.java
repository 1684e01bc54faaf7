package io.hawser.internal.topic;

import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.BackplaneStatus;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// One node's memory of the logs that a [LogBroker] keeps for all nodes.
///
/// One feed of all messages of all topics fills it, in the order of their offsets, which follow one upon the
/// other: so a message that this node has missed shows as a gap. Then, as when the broker's history is another
/// one, the memory begins anew and listeners are told, who ask for what came after the last that they know.
///
/// What is asked for is answered from this memory where it reaches. Where it does not, the topic is read
/// from the broker, once however many ask at the same time, and joined to what the feed brings. Three things
/// would make that a lie, and are looked for: the memory began anew while the topic was read; the read began
/// before what whoever asks knows of; the read and the memory contradict each other. While the broker is
/// away, memory is all there is.
///
/// Thread: safe from any.
public final class MirroredTopics {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MAX_READS = 6;

    /// The greatest offset that this node was told of by an acknowledgement, in one life of its memory.
    private record Acknowledged(long life, long offset) {}

    private final TopicRules rules;
    private final LogBroker broker;
    private final TopicStore store;
    private final Listeners listeners;
    private final LogKeeper keeper;
    private final Runnable wake;
    private final ConcurrentHashMap<Topic, TopicRead> reads = new ConcurrentHashMap<>();
    private final OffsetWaiters waiters = new OffsetWaiters();
    private final AtomicReference<Acknowledged> acknowledged = new AtomicReference<>(new Acknowledged(0, 0));

    private final AtomicBoolean isAnew = new AtomicBoolean();
    private volatile boolean hasBegun;
    private volatile Position last = Position.NONE;

    /// @param wake told when [#check] should be called soon
    public MirroredTopics(
            TopicRules rules,
            MemoryLimits limits,
            TimeSource time,
            LogBroker broker,
            Listeners listeners,
            Runnable wake) {
        this.rules = rules;
        this.broker = broker;
        this.listeners = listeners;
        this.store = new TopicStore(rules, limits, time, "", 0);
        this.keeper = new LogKeeper(this, broker, time);
        this.wake = wake;
    }

    public Registration listen(BackplaneListener listener) {
        return listeners.add(listener);
    }

    /// Looks whether the broker is there, its history still the same, and the feed running. Call it every
    /// second, and when it is asked for.
    ///
    /// Thread: one call at a time; the next when what the last returned is done.
    ///
    /// @return done when it has looked, whatever came of it
    public CompletableFuture<Void> check() {
        waiters.sweep();
        return keeper.check();
    }

    /// Whether the broker is there.
    public BackplaneStatus status() {
        return keeper.status();
    }

    /// The connection to the broker is gone.
    public void disconnected(String why) {
        keeper.disconnected(why);
        wake.run();
    }

    /// What the broker keeps may not be what this node believes, or its feed may have ended.
    public void doubted() {
        keeper.broken();
        wake.run();
    }

    /// Stops the feed; whoever waits for it is answered from what there is.
    public void close() {
        keeper.stop();
        waiters.reached(Long.MAX_VALUE);
    }

    /// The life of the history that is mirrored; empty before the first.
    String epoch() {
        return store.epoch();
    }

    /// Up to where the feed has come.
    long offset() {
        return store.offset();
    }

    /// The position of the last message of the history that is mirrored, in whatever topic.
    Position last() {
        return last;
    }

    /// The newest message that was read of a topic before the feed came to it; [Position#NONE] if there is
    /// none.
    Position ahead() {
        return store.ahead();
    }

    /// The memory begins, or begins anew, behind `at`.
    void begin(Position at) {
        isAnew.set(hasBegun);
        store.begin(at.epoch(), at.offset());
        acknowledged.set(new Acknowledged(store.life(), at.offset()));
        last = at;
        hasBegun = true;
        waiters.reached(Long.MAX_VALUE);
    }

    /// Listeners are told, once, if the memory has begun anew.
    void tellWhetherAnew() {
        if (isAnew.getAndSet(false)) listeners.interrupted();
    }

    /// The feed brings a message.
    void feed(TopicMessage message) {
        long offset = message.position().offset();
        long before = store.offset();
        if (offset <= before) return;
        boolean isGap = offset > before + 1;
        if (isGap) store.skip(offset - 1);
        if (!store.append(message)) {
            // Whoever is behind what was read ahead must hear nothing of this before it is told so.
            keeper.contradicted();
            keeper.stop();
            wake.run();
            return;
        }
        last = message.position();
        if (isGap) listeners.interrupted();
        if (!message.topic().equals(LogBroker.NOBODYS)) listeners.message(message);
        waiters.reached(offset);
    }

    /// Publishes to a log.
    public CompletableFuture<Published> publish(Publication publication) {
        BackplaneStatus status = status();
        if (!status.isConnected()) return CompletableFuture.failedFuture(new Rejected(status.detail(), PAUSE));
        long life = store.life();
        return broker.append(publication, Marks.tag()).thenApply(appended -> {
            acknowledged.updateAndGet(known -> known.life() == life && known.offset() < appended.offset()
                    ? new Acknowledged(life, appended.offset())
                    : known);
            Published published = Published.at(new Position(store.epoch(), appended.offset(), appended.tag()));
            return appended.isDuplicate() ? published.asDuplicate() : published;
        });
    }

    public List<Topic> topics(String after, int limit) {
        return store.topics(after, limit);
    }

    /// What came after `after`, or last.
    public CompletableFuture<History> history(Topic topic, Optional<Position> after, int limit) {
        if (!rules.of(topic).isLog()) throw new IllegalArgumentException("topic " + topic + " is live: no history");
        long seen = acknowledged.get().offset();
        if (store.offset() >= seen || !status().isConnected()) return read(topic, after, limit, MAX_READS);
        CompletableFuture<Void> reached = waiters.await(seen);
        // It may have come there in between.
        waiters.reached(store.offset());
        return reached.thenCompose(there -> read(topic, after, limit, MAX_READS));
    }

    private CompletableFuture<History> read(Topic topic, Optional<Position> after, int limit, int reads) {
        if (!hasBegun) return CompletableFuture.failedFuture(new Rejected("no history is known yet", PAUSE));
        Optional<History> known =
                after.isPresent() ? store.after(topic, after.get(), limit) : store.lastIfComplete(topic, limit);
        // Another node may know of another life of the history before this one does.
        boolean isOtherLife =
                known.flatMap(History::hole).filter(ResyncReason.EPOCH::equals).isPresent();
        if (known.isPresent() && !isOtherLife) return CompletableFuture.completedFuture(known.get());
        if (!status().isConnected()) return withoutBroker(topic, after, limit);
        if (reads == 0) {
            return CompletableFuture.failedFuture(new Rejected("the history changes faster than it is read", PAUSE));
        }
        return store.knowsMarks() ? load(topic, after, limit, reads) : marked(topic, after, limit, reads);
    }

    private CompletableFuture<History> withoutBroker(Topic topic, Optional<Position> after, int limit) {
        Optional<History> last = after.isEmpty() ? store.last(topic, limit) : Optional.empty();
        return last.map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new Rejected("the broker is away, and memory does not reach", PAUSE)));
    }

    /// Reads the marks first, which say where a topic is that has no messages.
    private CompletableFuture<History> marked(Topic topic, Optional<Position> after, int limit, int readsLeft) {
        TopicRead read = reading(HistoryMarks.TOPIC, newRead());
        return read.loaded().thenCompose(loaded -> {
            if (read.life() == store.life()) check(HistoryMarks.TOPIC, read, loaded);
            store.joinMarks(loaded, read.life());
            return read(topic, after, limit, readsLeft - 1);
        });
    }

    private TopicRead newRead() {
        return new TopicRead(store.life(), store.offset(), new CompletableFuture<>());
    }

    /// The read that is under way, or `mine`, which begins.
    private TopicRead reading(Topic topic, TopicRead mine) {
        TopicRead running = reads.putIfAbsent(topic, mine);
        if (running != null) return running;
        begin(topic, mine);
        return mine;
    }

    private CompletableFuture<History> load(Topic topic, Optional<Position> after, int limit, int readsLeft) {
        // A read that is under way may have begun before what whoever asks now knows of.
        long known = Math.max(store.offset(), acknowledged.get().offset());
        TopicRead mine = newRead();
        TopicRead read = reading(topic, mine);
        long seen = read.equals(mine) ? mine.offset() : Math.max(known, offset(after));
        return read.loaded().thenCompose(loaded -> {
            if (read.life() == store.life()) check(topic, read, loaded);
            return store.joined(topic, after, limit, loaded, read.life(), seen)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> read(topic, after, limit, readsLeft - 1));
        });
    }

    private long offset(Optional<Position> after) {
        return after.filter(position -> position.epoch().equals(store.epoch()))
                .map(Position::offset)
                .orElse(0L);
    }

    private void begin(Topic topic, TopicRead read) {
        var _ = TopicRead.from(broker, topic, this::last, this::contradicted).whenComplete((loaded, failure) -> {
            // Out first: who asks after this may need what is newer.
            reads.remove(topic, read);
            if (failure != null) read.loaded().completeExceptionally(failure);
            else read.loaded().complete(loaded);
        });
    }

    private void contradicted() {
        keeper.contradicted();
        doubted();
    }

    /// Refuses what was read if it is not of the history that this node mirrors, as far as it can be seen.
    private void check(Topic topic, TopicRead read, LoadedTopic loaded) {
        boolean isBehind = loaded.through() < read.offset();
        if (loaded.epoch().equals(store.epoch()) && !isBehind && !store.contradicts(topic, loaded)) return;
        // Between the two looks at it, the memory may have begun anew.
        if (read.life() != store.life()) return;
        if (isBehind) doubted();
        else contradicted();
        throw new Rejected("the broker has another history than a moment ago", PAUSE);
    }

    /// What the memory takes, about.
    public long bytes() {
        return store.bytes();
    }

    /// How many topics are being read.
    public int reading() {
        return reads.size();
    }
}
