package io.hawser.internal.topic;

import io.hawser.Cancelled;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.cluster.History;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.SubscribeAnswer;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// One subscriber's way through a log.
///
/// It listens before it reads, and merges by offset. `position` is behind which message the subscriber is; it
/// moves with what the subscriber takes and, over a hole, with the resync that says so: never otherwise.
///
/// - JOINING: the history is read for the answer.
/// - READING: the history is read for what the subscriber lacks. What passes meanwhile is not kept here, as it
///   is in the history: `passed` remembers up to where, so that reading goes on until nothing is between.
/// - LIVE: the subscriber has all that has passed, so the next message is handed to it.
/// - WAITING: it had no room, or failed, or the history could not be read. It is read from `position` when
///   there is room.
/// - CLOSED.
///
/// What fails here, the subscriber included, does not reach the others, nor is anything passed over for it.
///
/// An interruption means that the next message may not follow the last: all since `position` is read again.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards all fields; subscriber and backplane are called while it is held.
final class LogSubscription {
    private enum State {
        JOINING,
        READING,
        LIVE,
        WAITING,
        CLOSED
    }

    private static final SubscribeAnswer NOBODY = new SubscribeAnswer() {
        @Override
        public void subscribed(Position head, boolean isRecovered, int missed) {}

        @Override
        public void failed(HawserException reason) {}
    };

    private static final int PAGE = 256;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final TopicFollower follower;
    private final Topic topic;
    private final SubscribeAnswer answer;
    private State state = State.JOINING;
    private Position position = Position.NONE;
    private @Nullable Position passed;
    private boolean isInterrupted;
    /// Counts reads: only the last one asked for is of use.
    private int reads;

    private long retryNanos;

    LogSubscription(TopicFollower follower, Topic topic, SubscribeAnswer answer) {
        this.follower = follower;
        this.topic = topic;
        this.answer = answer;
        this.retryNanos = follower.all.time.nanoTime();
    }

    /// One that goes on behind `at`, when there is room.
    LogSubscription(TopicFollower follower, Topic topic, Position at) {
        this(follower, topic, NOBODY);
        this.position = at;
        this.state = State.WAITING;
    }

    Topic topic() {
        return topic;
    }

    synchronized Position position() {
        return position;
    }

    /// Begins, when it already listens. Takes no lock: nothing else reads while it joins.
    void join(Optional<Position> from) {
        int limit = from.isPresent() ? beyond(follower.all.limits.recovered()) : 0;
        CompletableFuture<History> read;
        try {
            read = follower.all.backplane.history(topic, from, limit);
        } catch (Throwable refused) {
            follower.drop(this);
            throw refused;
        }
        var _ = read.whenComplete((history, failure) -> {
            if (failure != null) joinFailed(failure);
            else joined(from, history);
        });
    }

    /// One more than are replayed, to see whether there are more.
    private static int beyond(int recovered) {
        return (int) Math.min(Integer.MAX_VALUE, recovered + 1L);
    }

    private void joinFailed(Throwable failure) {
        try {
            synchronized (this) {
                answer.failed(state == State.CLOSED ? ended() : reason(failure));
            }
        } finally {
            // Not under this lock: the follower's comes before it.
            follower.drop(this);
        }
    }

    private static Cancelled ended() {
        return new Cancelled("the subscription was ended before it began", Processed.NO, null);
    }

    private static HawserException reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof HawserException known ? known : new Rejected(String.valueOf(cause), PAUSE);
    }

    private synchronized void joined(Optional<Position> from, History history) {
        if (state == State.CLOSED) {
            answer.failed(ended());
            return;
        }
        state = State.READING;
        try {
            begin(from, history);
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    private void begin(Optional<Position> from, History history) {
        List<TopicMessage> missed = history.messages();
        Optional<ResyncReason> hole = history.hole();
        if (hole.isEmpty() && missed.size() > follower.all.limits.recovered()) hole = Optional.of(ResyncReason.LIMIT);
        if (from.isEmpty()) {
            position = history.head();
            answer.subscribed(position, false, 0);
            goOn();
        } else if (hole.isPresent()) {
            position = from.get();
            answer.subscribed(history.head(), false, 0);
            if (resync(hole.get(), history.head())) goOn();
        } else {
            position = from.get();
            follower.all.counts.recovered.increment();
            answer.subscribed(history.head(), true, missed.size());
            if (handOut(missed)) {
                position = history.head();
                goOn();
            }
        }
    }

    /// A message has passed, for everyone.
    synchronized void message(TopicMessage message) {
        switch (state) {
            case LIVE -> {
                Position at = message.position();
                try {
                    if (!at.epoch().equals(position.epoch())) read();
                    else if (at.offset() > position.offset()) take(message);
                } catch (Throwable failure) {
                    failed(failure);
                }
            }
            case JOINING, READING, WAITING -> passed = message.position();
            case CLOSED -> {}
        }
    }

    /// Hands out a message, or says that it is missing where the subscriber can never take it, and goes
    /// behind it.
    ///
    /// @return false if there was no room, so that it comes again
    private boolean take(TopicMessage message) {
        boolean isTaken;
        try {
            isTaken = follower.subscriber.message(message);
        } catch (LimitExceeded tooLarge) {
            if (follower.subscriber.hasRoom()) return resync(ResyncReason.LIMIT, message.position());
            isTaken = false;
        }
        if (isTaken) position = message.position();
        else await();
        return isTaken;
    }

    private void await() {
        if (state == State.LIVE) follower.all.counts.detached.increment();
        state = State.WAITING;
        follower.all.waits(follower);
    }

    private void awaitLater() {
        retryNanos = follower.all.time.nanoTime() + PAUSE.toNanos();
        await();
    }

    /// The subscriber threw: it is asked again in a while, from where it is.
    private void failed(Throwable failure) {
        follower.failed(failure);
        awaitLater();
    }

    /// Hands out one message after the other, and says whether the subscriber is behind all of them.
    private boolean handOut(List<TopicMessage> messages) {
        for (TopicMessage message : messages) if (!take(message)) return false;
        return true;
    }

    /// The subscriber says where it is.
    synchronized void rejoin(Position at) {
        if (state == State.JOINING || state == State.CLOSED) return;
        position = at;
        read();
    }

    synchronized void interrupted() {
        // It may be of a history that is no more, and ahead of the one that is.
        passed = null;
        switch (state) {
            case LIVE -> read();
            case JOINING, READING -> isInterrupted = true;
            case WAITING -> retryNanos = follower.all.time.nanoTime();
            case CLOSED -> {}
        }
    }

    /// Goes live if nothing has passed that the subscriber lacks, and reads on otherwise.
    private void goOn() {
        Position last = passed;
        boolean lacks = last != null && last.epoch().equals(position.epoch()) && last.offset() > position.offset();
        if (isInterrupted || lacks) read();
        else state = State.LIVE;
    }

    private void read() {
        state = State.READING;
        isInterrupted = false;
        int number = ++reads;
        CompletableFuture<History> read;
        try {
            read = follower.all.backplane.history(topic, Optional.of(position), PAGE);
        } catch (Throwable refused) {
            readFailed(number);
            return;
        }
        var _ = read.whenComplete((history, failure) -> {
            if (failure != null) readFailed(number);
            else wasRead(number, history);
        });
    }

    private synchronized void readFailed(int number) {
        if (state == State.READING && number == reads) awaitLater();
    }

    private synchronized void wasRead(int number, History history) {
        if (state != State.READING || number != reads) return;
        try {
            goOnWith(history);
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    private void goOnWith(History history) {
        if (history.hole().isPresent()) {
            if (resync(history.hole().get(), history.head())) goOn();
        } else if (handOut(history.messages())) {
            if (!history.reachesHead()) {
                read();
            } else {
                position = history.head();
                goOn();
            }
        }
    }

    /// Tells of a hole, and goes over it.
    ///
    /// @return false if the subscriber could not be told, so that it is found out again when it can be
    private boolean resync(ResyncReason reason, Position head) {
        if (!follower.subscriber.resync(topic, reason, head)) {
            await();
            return false;
        }
        position = head;
        follower.all.counts.resyncs.increment();
        return true;
    }

    synchronized boolean isWaiting() {
        return state == State.WAITING;
    }

    synchronized boolean mayGoOn() {
        return state == State.WAITING && follower.all.time.nanoTime() - retryNanos >= 0;
    }

    /// There is room.
    synchronized void room() {
        if (state != State.WAITING) return;
        if (mayGoOn()) read();
        else follower.all.waits(follower);
    }

    synchronized void close() {
        state = State.CLOSED;
    }

    /// As that of its follower, which has one for each topic.
    @Override
    public int hashCode() {
        return follower.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
