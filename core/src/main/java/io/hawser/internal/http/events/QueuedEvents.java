package io.hawser.internal.http.events;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.SessionClosed;
import io.hawser.http.EventSession;
import io.hawser.http.Request;
import io.hawser.http.ServerSentEvent;
import io.hawser.internal.http.Names;
import io.hawser.internal.io.IoLoop;
import io.hawser.internal.session.SerialLane;
import io.hawser.internal.session.SessionIds;
import io.hawser.internal.session.SessionTopics;
import io.hawser.internal.session.SharedMessage;
import io.hawser.internal.session.Subscriber;
import io.hawser.internal.session.TopicLane;
import io.hawser.internal.session.TopicMember;
import io.hawser.io.ConnectionLimits;
import io.hawser.session.CloseReason;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.SessionState;
import io.hawser.session.SessionStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session whose events wait in a queue for the body that is being sent.
///
/// State, under the lock: events are queued while `state` is OPEN. CLOSING gives out what is queued,
/// then the end; CLOSED gives out the end at once, or a failure if it was cut. `reader` is the thread
/// that sends the stream: cutting interrupts it, unless it is here taking events.
///
/// The handler's calls run on virtual threads, one after another: `opened` when the stream begins, `closed`
/// after both that has returned and the stream is over.
final class QueuedEvents implements EventSession, TopicMember {
    private static final Logger LOG = LoggerFactory.getLogger(QueuedEvents.class);
    private static final Bytes COMMENT = Bytes.ofUtf8(":\n\n");
    private static final Object WIRE_FORM = new Object();

    /// Topics serve all streams together: none is on an event loop.
    private static final Object HOME = new Object();

    private final String id = SessionIds.next();
    private final Request request;
    private final EventRegistry registry;
    private final ConnectionLimits limits;
    private final Instant connectedAt;
    private final ConcurrentHashMap<Key<?>, Object> attributes = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final EventQueue queue;
    private final ConcurrentHashMap<SessionTopics, Subscriber> subscribers = new ConcurrentHashMap<>();

    private @Nullable EventSessions server;
    private SessionState state = SessionState.CONNECTING;
    private @Nullable CloseReason reason;
    private @Nullable Thread reader;
    private @Nullable Thread handlerThread;
    private boolean isTaking;
    private boolean isCut;

    QueuedEvents(Request request, EventRegistry registry) {
        this.request = request;
        this.registry = registry;
        this.limits = registry.config().limits();
        this.connectedAt = registry.time().now();
        this.queue = new EventQueue(limits, registry.time());
    }

    void open() {
        lock.lock();
        try {
            if (state != SessionState.CONNECTING) return;
            state = SessionState.OPEN;
            queue.touch();
            reader = Thread.currentThread();
            // Before its handler hears of it: who knows of a session broadcasts to it.
            server = EventSessions.ofServer().orElse(null);
            if (server != null) server.add(this);
            registry.sessions().add(this);
            handlerThread = Thread.ofVirtual().name("hawser-events").start(this::deliverOpened);
        } finally {
            lock.unlock();
        }
    }

    private void deliverOpened() {
        try {
            registry.handler().opened(this);
        } catch (Exception failure) {
            LOG.warn("handler of {} failed; ending its stream", this, failure);
            close(CloseReason.HANDLER_FAILED);
        }
    }

    /// The next events to send, a comment if there are none for a while, [Bytes#EMPTY] at the end.
    Bytes take() {
        long pingNanos = registry.config().pingAfter().toNanos();
        lock.lock();
        try {
            isTaking = true;
            queue.touch();
            while (queue.isEmpty() && state == SessionState.OPEN) {
                if (!await(pingNanos)) {
                    queue.touch();
                    return COMMENT;
                }
            }
            if (isCut) throw new ConnectionLost(this + " was cut", Processed.MAYBE, null);
            if (queue.isEmpty()) {
                end();
                return Bytes.EMPTY;
            }
            Bytes taken = queue.takeAll();
            changed.signalAll();
            return taken;
        } finally {
            isTaking = false;
            lock.unlock();
        }
    }

    /// Waits under the lock for a change, at most `nanos`.
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private boolean await(long nanos) {
        Deadline deadline = Deadline.current();
        try {
            if (changed.await(Math.min(nanos, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) return true;
            if (deadline.hasPassed()) throw new DeadlineExceeded("an event stream", Processed.MAYBE);
            return false;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for an event stream", Processed.NO, interrupt);
        }
    }

    private void end() {
        if (state == SessionState.CLOSED) return;
        boolean wasOpened = state != SessionState.CONNECTING;
        state = SessionState.CLOSED;
        queue.clear();
        reader = null;
        changed.signalAll();
        if (!wasOpened) return;
        registry.sessions().remove(this);
        if (server != null) server.remove(this);
        CloseReason why = reason == null ? CloseReason.LOST : reason;
        Thread before = handlerThread;
        Thread.ofVirtual().name("hawser-events").start(() -> deliverClosed(before, why));
    }

    private void deliverClosed(@Nullable Thread opening, CloseReason why) {
        subscribers.values().forEach(Subscriber::leaveAllThere);
        try {
            if (opening != null) opening.join();
            registry.handler().closed(this, why);
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("handler of {} failed when it was closed", this, failure);
        }
    }

    /// The stream is over, read to its end or not.
    void end(CloseReason unlessKnown) {
        lock.lock();
        try {
            if (reason == null) reason = unlessKnown;
            end();
        } finally {
            lock.unlock();
        }
    }

    Offer offer(Bytes encoded) {
        lock.lock();
        try {
            if (state != SessionState.OPEN) return Offer.CLOSED;
            if (queue.isStalled()) {
                cut(CloseReason.TOO_SLOW);
                return Offer.CLOSED;
            }
            if (!queue.offer(encoded)) return Offer.DROPPED;
            changed.signalAll();
            return Offer.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    private void send(Bytes encoded) {
        if (IoLoop.isCurrent()) {
            throw new IllegalStateException("send() may wait, so it is refused on an event loop: use offer()");
        }
        lock.lock();
        try {
            while (state == SessionState.OPEN && queue.isFull()) {
                if (!await(limits.stallTimeout().toNanos()) && queue.isStalled()) cut(CloseReason.TOO_SLOW);
            }
            if (state != SessionState.OPEN) throw closed();
            queue.add(encoded);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private SessionClosed closed() {
        CloseReason why = reason == null ? CloseReason.LOST : reason;
        return new SessionClosed(why.code(), why.message(), Processed.NO);
    }

    private void cut(CloseReason why) {
        if (reason == null) reason = why;
        Thread sending = isTaking ? null : reader;
        isCut = true;
        end();
        // It may be stuck in a write that the peer does not take.
        if (sending != null && !sending.equals(Thread.currentThread())) sending.interrupt();
    }

    @Override
    public void send(Message message) {
        send(encode(message));
    }

    @Override
    public Offer offer(Message message) {
        return offer(encode(message));
    }

    /// A message as an event.
    static Bytes encode(Message message) {
        if (!message.isText()) throw new IllegalArgumentException("an event is text, and this message is binary");
        return ServerSentEvent.of(message.text()).encode();
    }

    @Override
    public byte[] encodeShared(Message message) {
        return encode(message).toArray();
    }

    @Override
    public boolean offerShared(SharedMessage shared) {
        if (shared.isText()) return offer(Bytes.wrap(shared.encodedFor(this, WIRE_FORM))) == Offer.QUEUED;
        passedOver();
        return false;
    }

    @Override
    public boolean offerNotice(Message notice) {
        if (!notice.isText()) {
            passedOver();
            return true;
        }
        Bytes encoded = encode(notice);
        lock.lock();
        try {
            if (state == SessionState.OPEN && queue.isStalled()) cut(CloseReason.TOO_SLOW);
            if (state != SessionState.OPEN) return true;
            if (!queue.tryOffer(encoded)) return false;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void passedOver() {
        lock.lock();
        try {
            queue.drop();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasCaughtUp() {
        lock.lock();
        try {
            if (queue.isStalled()) cut(CloseReason.TOO_SLOW);
            return queue.isHalfEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Object home() {
        return HOME;
    }

    @Override
    public TopicLane lane() {
        return new SerialLane();
    }

    @Override
    public @Nullable Subscriber subscriber(SessionTopics topics) {
        return subscribers.get(topics);
    }

    @Override
    public Subscriber subscribing(SessionTopics topics) {
        return subscribers.computeIfAbsent(topics, each -> new Subscriber(each, this, null));
    }

    @Override
    public void send(ServerSentEvent event) {
        send(event.encode());
    }

    @Override
    public Offer offer(ServerSentEvent event) {
        return offer(event.encode());
    }

    @Override
    public void close(CloseReason why) {
        lock.lock();
        try {
            if (!state.mayBecome(SessionState.CLOSING)) return;
            reason = why;
            why.retryAfter().ifPresent(pause -> queue.addControl(Bytes.ofUtf8("retry: " + pause.toMillis() + "\n\n")));
            state = SessionState.CLOSING;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void abort() {
        lock.lock();
        try {
            cut(CloseReason.LOST);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public String lastEventId() {
        return EventIds.ofField(request.headers().value(Names.LAST_EVENT_ID, ""));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String protocol() {
        return "events";
    }

    @Override
    public String clientId() {
        return id;
    }

    @Override
    public boolean isGreeted() {
        return false;
    }

    @Override
    public Optional<SSLSession> tls() {
        return request.peer().tls();
    }

    @Override
    public Endpoint remote() {
        return request.remote();
    }

    @Override
    public SessionState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant connectedAt() {
        return connectedAt;
    }

    @Override
    public Instant lastActivity() {
        lock.lock();
        try {
            return registry.time().now().minus(Duration.ofNanos(queue.nanosSinceTaken()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SessionStats stats() {
        lock.lock();
        try {
            Duration uptime = Duration.between(connectedAt, registry.time().now());
            return new SessionStats(
                    0, 0, queue.sent(), queue.sentBytes(), queue.dropped(), queue.waitingBytes(), uptime);
        } finally {
            lock.unlock();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // put under this key was what has its type
    public <T> Optional<T> attribute(Key<T> key) {
        return Optional.ofNullable((T) attributes.get(key));
    }

    @Override
    public <T> void attribute(Key<T> key, T value) {
        attributes.put(key, (Object) value);
    }

    @Override
    public String toString() {
        return "event stream " + id;
    }
}
