package io.hawser.internal.link;

import io.hawser.Deadline;
import io.hawser.DrainReport;
import io.hawser.HawserException;
import io.hawser.TimeSource;
import io.hawser.internal.io.Waiters;
import io.hawser.io.ConnectionLimits;
import io.hawser.session.CloseReason;
import io.hawser.tcp.DropCause;
import io.hawser.tcp.EndCause;
import io.hawser.tcp.ProtocolStats;
import io.hawser.tcp.Traffic;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The links of one server or client: what they have in common, and what is done to all of them.
///
/// Thread: safe from any.
public class LinkGroup {
    private static final Logger LOG = LoggerFactory.getLogger(LinkGroup.class);

    private volatile ConnectionLimits limits;
    private final Dispatcher dispatcher;
    private final boolean pulled;
    private final TimeSource time;
    private volatile WriteBufferWaterMark waterMark;
    private final ConcurrentHashMap<EventLoop, LinkShard> shards = new ConcurrentHashMap<>();
    private final AtomicInteger live = new AtomicInteger();
    private final Waiters ended = new Waiters();
    private final GroupFigures figures = new GroupFigures();
    private final LongAdder handlerFailures = new LongAdder();
    private final LongAdder stalls = new LongAdder();

    private final LongAdder unfinishedCuts = new LongAdder();
    private final LongAdder queuedCuts = new LongAdder();
    private volatile @Nullable LinkMemory memory;

    /// Set when a drain begins: links that come later are told at once.
    private volatile @Nullable CloseReason draining;

    private volatile int liveAtDrain;

    /// A group without links.
    ///
    /// @param pulled there is no handler: messages wait to be received
    public LinkGroup(ConnectionLimits limits, Dispatcher dispatcher, boolean pulled, TimeSource time) {
        this.limits = limits;
        this.dispatcher = dispatcher;
        this.pulled = pulled;
        this.time = time;
        this.waterMark = waterMark(limits);
    }

    private static WriteBufferWaterMark waterMark(ConnectionLimits limits) {
        int soft = limits.softQueueBytes();
        return new WriteBufferWaterMark(soft / 2, Math.max(soft / 2, soft - 1));
    }

    public final ConnectionLimits limits() {
        return limits;
    }

    /// From now on `changed` holds, for the links that there are too.
    public final void limits(ConnectionLimits changed) {
        limits = changed;
        waterMark = waterMark(changed);
        onEachLink(link -> link.channel.config().setWriteBufferWaterMark(waterMark));
    }

    /// The channel reports when its own buffer falls below the soft bound, having been over it.
    final WriteBufferWaterMark waterMark() {
        return waterMark;
    }

    public final TimeSource time() {
        return time;
    }

    public final Dispatcher dispatcher() {
        return dispatcher;
    }

    final boolean isPulled() {
        return pulled;
    }

    final long idleTimeoutNanos() {
        return limits.idleTimeout().toNanos();
    }

    final long stallTimeoutNanos() {
        return limits.stallTimeout().toNanos();
    }

    final long frameTimeoutNanos() {
        return limits.frameTimeout().toNanos();
    }

    /// Links that have a live connection, those still greeting included.
    public final int live() {
        return live.get();
    }

    public final long droppedMessages() {
        return figures.dropped().values().stream().mapToLong(Long::longValue).sum();
    }

    /// What is known of the group under the name of its protocol.
    public final ProtocolStats stats(String protocol) {
        return new ProtocolStats(protocol, live(), traffic(), figures.dropped(), figures.ended(), handlerFailures());
    }

    private Traffic traffic() {
        Traffic sum = Traffic.none();
        for (LinkShard shard : shards.values()) sum = sum.plus(shard.traffic());
        return sum;
    }

    public final long handlerFailures() {
        return handlerFailures.sum();
    }

    /// Links that were cut because their peer took nothing.
    public final long stalls() {
        return stalls.sum();
    }

    /// Of what the links hold their parts; null for those of clients.
    final @Nullable LinkMemory memory() {
        return memory;
    }

    /// From now on links hold what they hold of `shared`.
    public final void memory(LinkMemory shared) {
        memory = shared;
    }

    /// Links that were cut because they held the most of a share that was used up: of unfinished messages, and
    /// of queues.
    public final long unfinishedCuts() {
        return unfinishedCuts.sum();
    }

    public final long queuedCuts() {
        return queuedCuts.sum();
    }

    final void cutForUnfinished(Link link) {
        unfinishedCuts.increment();
        LOG.debug("{} is cut: unfinished messages have used up their memory, and it holds the most", link);
    }

    final void cutForQueued(Link link) {
        queuedCuts.increment();
        LOG.debug("{} is cut: queues have used up their memory, and it holds the most", link);
    }

    final void stalled(Link link) {
        stalls.increment();
        LOG.debug("{} takes nothing of what is sent to it", link);
        link.stalled();
    }

    final void add(Link link, EventLoop loop) {
        live.incrementAndGet();
        shard(loop).add(link);
    }

    final void remove(Link link, EventLoop loop) {
        figures.ended(link.finalReason());
        FlightLog.ended(link, EndCause.of(link.finalReason()));
        shard(loop).remove(link);
        if (live.decrementAndGet() == 0) ended.wakeAll();
    }

    private LinkShard shard(EventLoop loop) {
        LinkShard shard = shards.get(loop);
        return shard != null ? shard : shards.computeIfAbsent(loop, owner -> new LinkShard(this, owner));
    }

    /// Called on the event loop when the application is about to hear of `link`.
    protected void opened(Link link) {}

    /// Called on the event loop when `link`, once opened, is gone.
    protected void closed(Link link) {}

    final void countDropped(DropCause cause) {
        figures.dropped(cause);
    }

    final void handlerFailed(Link link, Throwable failure) {
        if (failure instanceof HawserException && link.isEnding()) {
            LOG.debug("handler of {} stopped with its connection", link, failure);
            return;
        }
        handlerFailures.increment();
        LOG.warn("handler of {} failed; closing its connection", link, failure);
        link.closeWith(CloseReason.HANDLER_FAILED);
    }

    final void codecFailed(Link link, RuntimeException failure) {
        if (failure instanceof HawserException) LOG.debug("{} broke the protocol: {}", link, failure.getMessage());
        else LOG.warn("codec of {} failed; closing its connection", link, failure);
    }

    /// One link of many could not do what all were to do.
    final void actionFailed(Link link, RuntimeException failure) {
        LOG.warn("{} failed; closing its connection", link, failure);
        link.closeWith(CloseReason.HANDLER_FAILED);
    }

    final void transportFailed(Link link, Throwable failure) {
        // A broken TLS record comes wrapped.
        if (failure instanceof IOException || failure.getCause() instanceof IOException)
            LOG.debug("connection of {} failed: {}", link, failure.toString());
        else LOG.warn("connection of {} failed", link, failure);
    }

    /// Runs `action` for each link on its event loop, behind what the calling thread sent before, and waits
    /// for none.
    protected final void onEachLink(Consumer<Link> action) {
        for (LinkShard shard : shards.values()) {
            LoopOutbox outbox = shard.outbox();
            if (outbox.loop().inEventLoop() && outbox.isEmpty()) shard.forEach(action);
            else outbox.post(new ShardParcel(shard, action));
        }
    }

    /// Tells every link, and those that come later, to finish what it has received and to close. Waits for
    /// nothing.
    public final void beginDrain(CloseReason reason) {
        if (draining != null) return;
        liveAtDrain = live.get();
        draining = reason;
        onEachLink(link -> link.drain(reason));
    }

    /// Lets every link finish what it has received, say goodbye with `reason` and close; cuts what is left
    /// after `grace`. An interrupt ends the grace, and the flag stays set.
    ///
    /// @return how many ended by themselves, how many were cut
    public final DrainReport drain(CloseReason reason, Duration grace) {
        beginDrain(reason);
        boolean interrupted = !awaitNone(grace);
        int cut = live.get();
        if (cut > 0) {
            cut(reason);
            awaitNone(Duration.ofSeconds(5));
        }
        if (interrupted) Thread.currentThread().interrupt();
        return new DrainReport(Math.max(0, liveAtDrain - cut), cut);
    }

    /// Cuts every link now.
    public final void cut(CloseReason reason) {
        onEachLink(link -> link.abortWith(reason));
    }

    /// What a new link is to be told at once, null if it is welcome.
    final @Nullable CloseReason draining() {
        return draining;
    }

    /// @return false if interrupted
    private boolean awaitNone(Duration atMost) {
        try {
            var _ = ended.await(() -> live.get() == 0, Deadline.after(atMost));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
