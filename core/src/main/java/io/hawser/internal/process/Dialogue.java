package io.hawser.internal.process;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.internal.session.SessionControl;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.messaging.ContainerLimits;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Questions and answers between two processes over one MSGI session, both ways.
///
/// Shape: a question is a container of any type; `id` says that it wants an answer, which carries the same as
/// `re`.
///
/// Thread: safe from any; the monitor makes a look for room and its use one. At most 4,096 questions wait for
/// their answers.
public final class Dialogue {
    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);
    private static final int MAX_PENDING = 4096;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final ContainerLimits LIMITS =
            ContainerLimits.defaults().withMaxBytes(1 << 30).withMaxValues(100_000);

    private final Session session;
    private final Conversing side;
    private final Map<Long, CompletableFuture<Container>> pending = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private volatile boolean ended;

    Dialogue(Session session, Conversing side) {
        this.session = session;
        this.side = side;
    }

    public boolean isOpen() {
        return !ended;
    }

    /// Asks, and waits for the answer, for 30 s at most.
    ///
    /// @throws ConnectionLost if the other side is gone
    /// @throws DeadlineExceeded at [Deadline#current()], or after the 30 s
    /// @throws Cancelled if the thread is interrupted; the flag stays set
    public Container ask(ContainerBuilder question) {
        long id = lastId.incrementAndGet();
        Deadline deadline = Deadline.after(LONGEST_ANSWER).earlier(Deadline.current());
        return ask(question, id, deadline);
    }

    /// As [#ask(ContainerBuilder)], but for as long as `deadline` says, and under an id that [#nextId()] gave.
    public Container ask(ContainerBuilder question, long id, Deadline deadline) {
        CompletableFuture<Container> answer = expect(id);
        try {
            session.send(message(question.with("id", id)));
            return answer.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (SessionClosed e) {
            throw lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for an answer", Processed.MAYBE, e);
        } catch (TimeoutException e) {
            throw new DeadlineExceeded("an answer from the other process", Processed.MAYBE);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HawserException || e.getCause() instanceof IllegalArgumentException
                    ? (RuntimeException) e.getCause()
                    : new IllegalStateException(e.getCause());
        } finally {
            pending.remove(id);
        }
    }

    public long nextId() {
        return lastId.incrementAndGet();
    }

    /// Asks without waiting for room to send or for the answer.
    ///
    /// @return fails with [Rejected] where there was no room, with [ConnectionLost] where the other side is
    ///     gone
    public CompletableFuture<Container> begin(ContainerBuilder question) {
        return beginWithin(Long.MAX_VALUE, question);
    }

    /// As [#begin(ContainerBuilder)], with the room of [#offerWithin].
    public CompletableFuture<Container> beginWithin(long most, ContainerBuilder question) {
        long id = lastId.incrementAndGet();
        CompletableFuture<Container> answer = expect(id);
        if (!offerWithin(most, question.with("id", id))) {
            answer.completeExceptionally(ended ? lost(null) : new Rejected("the other process does not keep up", null));
        }
        return answer.whenComplete((container, failure) -> pending.remove(id));
    }

    private CompletableFuture<Container> expect(long id) {
        if (pending.size() >= MAX_PENDING) throw new Rejected("too many questions wait for answers", null);
        CompletableFuture<Container> answer = new CompletableFuture<>();
        pending.put(id, answer);
        if (ended) answer.completeExceptionally(lost(null));
        return answer;
    }

    /// Says something that must be heard, without waiting: it may use the room that [#offerWithin] leaves, up to
    /// the hard bound of the queue.
    ///
    /// @return false if there was no room for it, or the other side is gone
    public boolean offer(ContainerBuilder said) {
        Message message = message(said);
        Offer outcome =
                session instanceof SessionControl control ? control.offerUrgent(message) : session.offer(message);
        return outcome == Offer.QUEUED;
    }

    /// As [#offer(ContainerBuilder)], for what the other side can do without: it leaves the room beyond `most`
    /// queued bytes to what must be heard, to answers above all. What is said fits an empty queue at any length.
    public boolean offerWithin(long most, ContainerBuilder said) {
        Message message = message(said);
        synchronized (this) {
            long queued = session.stats().queuedBytes();
            if (queued > 0 && queued + message.bytes().size() > most) return false;
            return session.offer(message) == Offer.QUEUED;
        }
    }

    public void close() {
        session.close(CloseReason.NORMAL);
    }

    private static Message message(ContainerBuilder said) {
        return Message.binary(said.build().toCbor());
    }

    void received(Message message) {
        Bytes bytes = message.bytes();
        Container container = Container.fromCbor(bytes, LIMITS);
        if (container.has("re")) answered(container);
        else answer(container);
    }

    private void answered(Container container) {
        CompletableFuture<Container> waiting = pending.remove(container.int64("re"));
        // Who asked has stopped waiting.
        if (waiting == null) return;
        if (container.type().equals(Failures.TYPE)) waiting.completeExceptionally(Failures.read(container));
        else waiting.complete(container);
    }

    private void answer(Container question) {
        CompletableFuture<ContainerBuilder> answer;
        try {
            answer = side.answer(this, question);
        } catch (Exception e) {
            answer = CompletableFuture.failedFuture(e);
        }
        if (!question.has("id")) return;
        long id = question.int64("id");
        var _ = answer.whenComplete((given, failure) -> {
            ContainerBuilder said = failure == null ? given : Failures.write(failure, question.type());
            // It has to arrive, and must not wait where it may be given, on any thread.
            if (!offer(said.with("re", id)) && !ended) {
                LOG.warn("{} does not take its answers: its connection is cut", session);
                session.abort();
            }
        });
    }

    void ended(CloseReason reason) {
        ended = true;
        LOG.debug("dialogue over {} ended: {}", session, reason);
        pending.values().forEach(waiting -> waiting.completeExceptionally(lost(null)));
        pending.clear();
    }

    private static ConnectionLost lost(@Nullable Throwable cause) {
        return new ConnectionLost("the other process is gone", Processed.MAYBE, cause);
    }
}
