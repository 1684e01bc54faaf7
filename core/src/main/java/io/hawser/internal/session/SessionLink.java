package io.hawser.internal.session;

import io.hawser.LimitExceeded;
import io.hawser.internal.link.Link;
import io.hawser.session.CloseReason;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.SessionHandler;
import io.hawser.session.SessionState;
import io.hawser.session.SessionStats;
import io.hawser.tcp.DropCause;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// A link that is a [io.hawser.session.Session]: what a protocol adds is its wire format and its control
/// frames.
public abstract class SessionLink extends Link implements TopicMember, SessionControl {
    private static final VarHandle ATTRIBUTES;
    private static final VarHandle SUBSCRIBER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ATTRIBUTES = lookup.findVarHandle(SessionLink.class, "attributes", Attributes.class);
            SUBSCRIBER = lookup.findVarHandle(SessionLink.class, "subscriber", Subscriber.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SessionRegistry sessions;
    private volatile String id = SessionIds.next();
    private final long connectedAtMillis;
    private volatile @Nullable String clientId;
    private volatile @Nullable BooleanSupplier mayRead;
    private volatile Attributes attributes = Attributes.NONE;
    /// The first of a list, one for each [SessionTopics]; most have none.
    private volatile @Nullable Subscriber subscriber;

    protected SessionLink(SessionRegistry sessions, Channel channel) {
        super(sessions, channel);
        this.sessions = sessions;
        this.connectedAtMillis = sessions.time().now().toEpochMilli();
    }

    /// Sessions with equal wire forms share the encoded bytes of a broadcast.
    ///
    /// @return null if each message must be encoded for this session alone
    protected abstract @Nullable Object wireForm();

    /// Takes the id that the server gave it. Called before it opens.
    protected final void id(String given) {
        id = given;
    }

    @Override
    public final void readWhile(BooleanSupplier condition) {
        mayRead = condition;
    }

    @Override
    public final void readAgain() {
        outbox().run(this::resumeReading);
    }

    @Override
    public final void finish(CloseReason reason) {
        outbox().run(() -> drain(reason));
    }

    @Override
    protected boolean wantsInput() {
        BooleanSupplier condition = mayRead;
        return condition == null || condition.getAsBoolean();
    }

    protected final void clientId(String name) {
        clientId = name;
    }

    @Override
    protected final Object kept(Object item) {
        return item instanceof LentMessage lent ? lent.keep() : item;
    }

    /// Whom this session is for.
    protected SessionHandler handler() {
        return sessions.handler();
    }

    @Override
    protected final void deliverOpened() throws Exception {
        handler().opened(this);
    }

    @Override
    protected final void deliver(Object message) throws Exception {
        handler().message(this, (Message) message);
    }

    @Override
    protected final int itemBytes(Object item) {
        return item instanceof Message message ? message.size() : 0;
    }

    @Override
    protected final void deliverClosed(CloseReason reason) {
        handler().closed(this, reason);
    }

    /// Thread: the event loop.
    ///
    /// @return false if it is not queued
    @Override
    public final boolean offerShared(SharedMessage shared) {
        Object form = wireForm();
        try {
            if (form == null) return offeredAlone(shared);
            // The frame may be that of a session which takes longer ones.
            var _ = encodedSize(shared);
            boolean isQueued = offerEncoded(shared.encodedFor(this, form));
            if (isQueued) sentShared();
            return isQueued;
        } catch (LimitExceeded tooLong) {
            // For this session; the others, whose limit may be another, must still get it.
            countDropped(DropCause.UNSENDABLE);
            return false;
        }
    }

    /// What has a form of its own in each session.
    private boolean offeredAlone(Message message) {
        Offer outcome = offerHere(message);
        if (outcome == Offer.DROPPED) countDropped(DropCause.FULL);
        return outcome == Offer.QUEUED;
    }

    @Override
    public final boolean offerNotice(Message notice) {
        try {
            return offerHere(notice) != Offer.DROPPED;
        } catch (LimitExceeded tooLong) {
            countDropped(DropCause.UNSENDABLE);
            return true;
        }
    }

    /// A message for many was not offered to this one. Thread: the event loop.
    @Override
    public final void passedOver() {
        countDropped(DropCause.BEHIND);
    }

    /// Whether it has taken so much of what was queued that it may be offered more. Thread: the event loop.
    @Override
    public final boolean hasCaughtUp() {
        return isHalfEmpty();
    }

    @Override
    public final Object home() {
        return outbox().loop();
    }

    @Override
    public final TopicLane lane() {
        return new LoopLane(outbox());
    }

    @Override
    public final @Nullable Subscriber subscriber(SessionTopics topics) {
        for (Subscriber each = subscriber; each != null; each = each.next) {
            if (each.topics == topics) return each;
        }
        return null;
    }

    @Override
    public final Subscriber subscribing(SessionTopics topics) {
        while (true) {
            Subscriber first = subscriber;
            Subscriber known = subscriber(topics);
            if (known != null) return known;
            Subscriber made = new Subscriber(topics, this, first);
            if (SUBSCRIBER.compareAndSet(this, first, made)) return made;
        }
    }

    /// Leaves every topic. Thread: the event loop.
    final void leaveAll() {
        for (Subscriber each = subscriber; each != null; each = each.next) each.leaveAll();
    }

    /// What [#encodeShared] made was sent. Thread: the event loop.
    protected void sentShared() {}

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final String clientId() {
        String name = clientId;
        return name == null ? id : name;
    }

    @Override
    public boolean isGreeted() {
        return false;
    }

    @Override
    public final Optional<SSLSession> tls() {
        for (Channel each = channel(); each != null; each = each.parent()) {
            SslHandler tls = each.pipeline().get(SslHandler.class);
            if (tls != null) return Optional.of(tls.engine().getSession());
        }
        return Optional.empty();
    }

    @Override
    public final SessionState state() {
        return linkState();
    }

    @Override
    public final Instant connectedAt() {
        return Instant.ofEpochMilli(connectedAtMillis);
    }

    @Override
    public final Instant lastActivity() {
        Duration ago = Duration.ofNanos(sessions.time().nanoTime() - lastActivityNanos());
        return sessions.time().now().minus(ago);
    }

    @Override
    public final SessionStats stats() {
        return linkStats();
    }

    @Override
    public final <T> Optional<T> attribute(Key<T> key) {
        return attributes.of(key);
    }

    @Override
    public final <T> void attribute(Key<T> key, T value) {
        Attributes before;
        do {
            before = attributes;
        } while (!ATTRIBUTES.compareAndSet(this, before, before.with(key, value)));
    }

    @Override
    public final void send(Message message) {
        sendItem(message);
    }

    @Override
    public final Offer offer(Message message) {
        return offerItem(message);
    }

    @Override
    public final Offer offerUrgent(Message message) {
        return offerUrgentItem(message);
    }

    /// Waits for the next message of a session without a handler.
    public final Message receive() {
        return (Message) receiveItem();
    }

    @Override
    public final void close(CloseReason reason) {
        closeWith(reason);
    }

    @Override
    public final void abort() {
        abortWith(CloseReason.LOST);
    }

    @Override
    public final String toString() {
        return "session " + id;
    }
}
