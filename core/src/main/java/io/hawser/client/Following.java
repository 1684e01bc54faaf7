package io.hawser.client;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.SessionClosed;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.session.CloseReason;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscription of a client.
///
/// `taken` is behind which message of a log all has been put into `waiting`: what a new connection
/// goes on from. When `waiting` is full, a log falls behind: nothing more of it is taken until the
/// handler has caught up, and then it is read on from its history. Of live topics so many are counted
/// in `missed`, and `isGap` says that there are some, even where nobody knows how many.
///
/// Lock: this monitor guards all fields; no handler is called while it is held.
final class Following {
    private record Resync(ResyncReason reason, Position head) {}

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    final TopicPattern pattern;
    private final @Nullable TopicHandler handler;
    private final int maxWaiting;
    private final Runnable caughtUp;
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private Position taken;
    private Position handled;
    private long missed;
    private boolean isGap;
    private boolean isUncounted;
    private boolean isLive;
    private boolean isBehind;
    /// Whether what it is behind by has been asked for.
    private boolean isAsked;

    private boolean isRunning;
    private @Nullable CloseReason end;

    /// @param handler null where events are received
    /// @param caughtUp asks for what a log that fell behind has missed
    Following(TopicPattern pattern, Position from, @Nullable TopicHandler handler, int maxWaiting, Runnable caughtUp) {
        this.pattern = pattern;
        this.handler = handler;
        this.maxWaiting = maxWaiting;
        this.caughtUp = caughtUp;
        this.taken = from;
        this.handled = from;
    }

    synchronized Position handled() {
        return handled;
    }

    boolean matches(String topic) {
        return pattern.matches(Topic.of(topic));
    }

    /// The hub has answered a `sub`, and what it brings comes next.
    ///
    /// @param head [Position#NONE] where there are no positions
    synchronized void subscribed(Position head, boolean isRecovered) {
        isBehind = isAsked = false;
        isLive = head.isNone();
        if (taken.isNone() && !isRecovered && !head.isNone()) {
            taken = head;
            if (handled.isNone()) handled = head;
        }
    }

    /// A new connection goes on from `taken`; what was on its way on the one before is lost where there are no
    /// positions.
    synchronized void rejoined() {
        isBehind = isAsked = false;
        if (isLive) gap(0);
    }

    /// @param offset below 0 for a message without a position
    synchronized void message(String topic, long offset, String tag, String from, String user, Data data) {
        boolean isLog = offset >= 0 && !taken.isNone();
        if (end != null || (isLog && (isBehind || offset <= taken.offset()))) return;
        if (waiting.size() >= maxWaiting) {
            if (isLog) isBehind = true;
            else miss(1);
            return;
        }
        Position at = isLog ? new Position(taken.epoch(), offset, tag) : Position.NONE;
        if (isLog) taken = at;
        add(new TopicEvent(topic, at, from, user, data));
    }

    /// It has its place even where nothing else has.
    synchronized void resync(ResyncReason reason, Position head) {
        taken = head;
        isBehind = isAsked = false;
        add(new Resync(reason, head));
    }

    /// The hub has dropped so many; 0 if it does not know.
    synchronized void gap(long dropped) {
        miss(dropped);
        if (waiting.isEmpty() && !isRunning) run();
    }

    private void miss(long more) {
        isGap = true;
        isUncounted |= more == 0;
        missed += more;
    }

    private synchronized void add(Object item) {
        waiting.addLast(item);
        notifyAll();
        if (!isRunning) run();
    }

    private void run() {
        if (handler == null) return;
        isRunning = true;
        Thread.ofVirtual().name("hawser-topic-" + pattern).start(() -> handAll(handler));
    }

    private void handAll(TopicHandler to) {
        for (Object next = next(); next != null; next = next()) {
            try {
                switch (next) {
                    case TopicEvent event -> to.message(event);
                    case Resync resync -> to.resync(pattern.text(), resync.reason(), resync.head());
                    case Long dropped -> to.gap(dropped);
                    default -> throw new IllegalStateException("no event: " + next);
                }
            } catch (Throwable failure) {
                LOG.warn("the handler of topic {} failed", pattern, failure);
            }
            done(next);
        }
    }

    private synchronized @Nullable Object next() {
        if (isGap) {
            long told = isUncounted ? 0 : missed;
            isGap = isUncounted = false;
            missed = 0;
            return told;
        }
        Object next = waiting.pollFirst();
        if (next == null) {
            isRunning = false;
            if (isBehind && !isAsked && end == null) {
                isAsked = true;
                caughtUp.run();
            }
        }
        return next;
    }

    private synchronized void done(Object item) {
        if (item instanceof TopicEvent event && !event.position().isNone()) handled = event.position();
        if (item instanceof Resync resync) handled = resync.head();
    }

    /// Waits for the next event; a resync and a gap are passed over.
    synchronized TopicEvent receive() {
        if (handler != null) throw new IllegalStateException("events go to the handler of this subscription");
        while (true) {
            Object next = next();
            if (next != null) done(next);
            if (next instanceof TopicEvent event) return event;
            if (next == null) await();
        }
    }

    private void await() {
        CloseReason why = end;
        if (why != null) throw new SessionClosed(why.code(), why.message(), Processed.NO);
        Deadline deadline = Deadline.current();
        if (deadline.hasPassed()) throw new DeadlineExceeded("a message of topic " + pattern, Processed.NO);
        try {
            TimeUnit.NANOSECONDS.timedWait(this, deadline.remainingNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for a message", Processed.NO, e);
        }
    }

    /// Nothing more will come.
    synchronized void end(CloseReason reason) {
        end = reason;
        notifyAll();
    }

    /// The position to ask for, if it has one.
    synchronized Optional<Position> from() {
        return taken.isNone() ? Optional.empty() : Optional.of(taken);
    }
}
