package io.hawser.internal.topic;

import io.hawser.TimeSource;
import io.hawser.cluster.BackplaneStatus;
import io.hawser.cluster.Position;
import io.hawser.cluster.TopicMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks now and then, and after every event, whether the broker is there and its history still the same, and keeps
/// the feed running on it.
///
/// After a break the feed goes on behind the last message only if the broker still has that message, with its tag,
/// and the newest that was read ahead of it.
/// If not, or if the history is another one or has lost its end, the mirror begins anew. Either is proved once more
/// when the new feed runs, before anything of it counts: the history may change between proof and start.
///
/// Thread: one [#check] at a time; the others from any.
final class LogKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LogKeeper.class);

    private final MirroredTopics mirror;
    private final LogBroker broker;
    private final TimeSource time;
    private final AtomicBoolean isBroken = new AtomicBoolean(true);
    private final AtomicBoolean isContradicted = new AtomicBoolean();
    private volatile BackplaneStatus status;
    private volatile @Nullable LogFeed feed;
    private final HistoryMarks marks;
    private long offsetSeen = -1;

    LogKeeper(MirroredTopics mirror, LogBroker broker, TimeSource time) {
        this.mirror = mirror;
        this.broker = broker;
        this.time = time;
        this.marks = new HistoryMarks(broker, time);
        this.status = new BackplaneStatus(false, time.now(), "starting");
    }

    BackplaneStatus status() {
        return status;
    }

    /// The feed has to be started anew.
    void broken() {
        isBroken.set(true);
    }

    /// What the mirror remembers is not of the broker's history.
    void contradicted() {
        isContradicted.set(true);
        isBroken.set(true);
    }

    void disconnected(String why) {
        isBroken.set(true);
        away(why);
    }

    /// Looks now. What it gives is done when it has looked, whatever came of it.
    CompletableFuture<Void> check() {
        if (!broker.isReachable()) {
            disconnected("not connected");
            stop();
            return CompletableFuture.completedFuture(null);
        }
        // Before the broker is asked: the feed may overtake the answer.
        long before = Math.max(mirror.offset(), mirror.ahead().offset());
        return broker.state()
                .thenCompose(this::marked)
                .thenCompose(state -> look(state, before))
                .handle((done, failure) -> {
                    if (failure == null) {
                        connected();
                    } else {
                        isBroken.set(true);
                        away(reason(failure));
                    }
                    return null;
                });
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }

    /// The first message of a history is a mark.
    private CompletableFuture<LogState> marked(LogState state) {
        if (state.last() > 0) return CompletableFuture.completedFuture(state);
        return marks.publish().thenCompose(done -> broker.state());
    }

    private CompletableFuture<Void> look(LogState state, long before) {
        marks.look(state);
        boolean isOther = !state.epoch().equals(mirror.epoch()) || state.last() < before;
        boolean isStuck = state.last() > mirror.offset() && mirror.offset() == offsetSeen;
        offsetSeen = mirror.offset();
        if (!isBroken.getAndSet(false) && !isOther && !isStuck) return CompletableFuture.completedFuture(null);
        stop();
        boolean mustBegin = isContradicted.getAndSet(false) || isOther;
        return (mustBegin ? CompletableFuture.completedFuture(false) : isSameHistory(state))
                .thenCompose(same -> same ? CompletableFuture.completedFuture(null) : begin(state))
                .thenCompose(there -> start());
    }

    /// Whether the last message of the mirror is still there, and what somebody has read that is ahead of it.
    private CompletableFuture<Boolean> isSameHistory(LogState state) {
        Position ahead = mirror.ahead();
        return isThere(mirror.last(), state)
                .thenCompose(same ->
                        !same || ahead.isNone() ? CompletableFuture.completedFuture(same) : isThere(ahead, state));
    }

    private CompletableFuture<Boolean> isThere(Position at, LogState state) {
        if (!state.epoch().equals(at.epoch()) || state.last() < at.offset()) {
            return CompletableFuture.completedFuture(false);
        }
        return broker.tagAt(at.offset()).thenApply(tag -> tag.equals(at.tag()));
    }

    private CompletableFuture<Void> begin(LogState state) {
        return broker.tagAt(state.last()).thenAccept(tag -> {
            LOG.info("history of epoch {} from {} on", state.epoch(), state.last());
            mirror.begin(new Position(state.epoch(), state.last(), tag));
        });
    }

    private CompletableFuture<Void> start() {
        LogFeed run = new LogFeed(this::pass, mirror::doubted);
        feed = run;
        return broker.follow(mirror.epoch(), mirror.offset() + 1, run)
                .thenCompose(running -> {
                    run.started(running);
                    return broker.state();
                })
                .thenCompose(this::isSameHistory)
                .thenAccept(same -> {
                    if (!same) {
                        run.stop();
                        throw new IllegalStateException("its history has changed just now");
                    }
                    // Whoever is told asks at once, and has to find the broker there.
                    connected();
                    mirror.tellWhetherAnew();
                    run.open();
                });
    }

    private void pass(TopicMessage message) {
        if (message.topic().equals(HistoryMarks.TOPIC)) marks.seen();
        mirror.feed(message);
    }

    private void connected() {
        if (status.isConnected()) return;
        status = new BackplaneStatus(true, time.now(), "connected");
        LOG.info("the broker is there");
    }

    private void away(String why) {
        if (!status.isConnected()) return;
        status = new BackplaneStatus(false, time.now(), "the broker is away: " + why);
        LOG.warn("{}", status.detail());
    }

    void stop() {
        LogFeed running = feed;
        feed = null;
        if (running != null) running.stop();
    }
}
