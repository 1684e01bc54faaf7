package io.hawser.internal.session;

import io.hawser.internal.link.Link;
import io.hawser.session.CloseReason;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.SessionState;
import io.hawser.session.SessionStats;
import io.netty.channel.Channel;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A link that is a [Session]: what a protocol adds is its wire format and its control frames.
public abstract class SessionLink extends Link implements Session {
    private static final VarHandle ATTRIBUTES;

    static {
        try {
            ATTRIBUTES = MethodHandles.lookup().findVarHandle(SessionLink.class, "attributes", Attributes.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SessionRegistry sessions;
    private volatile String id = SessionIds.next();
    private final long connectedAtMillis;
    private volatile @Nullable String clientId;
    private volatile Attributes attributes = Attributes.NONE;

    protected SessionLink(SessionRegistry sessions, Channel channel) {
        super(sessions, channel);
        this.sessions = sessions;
        this.connectedAtMillis = sessions.time().now().toEpochMilli();
    }

    /// Sessions with equal wire forms share the encoded bytes of a broadcast.
    ///
    /// @return null if each message must be encoded for this session alone
    protected abstract @Nullable Object wireForm();

    /// A whole frame for all sessions of this [#wireForm()].
    protected abstract byte[] encodeShared(Message message);

    /// Takes the id that the server gave it. Called before it opens.
    protected final void id(String given) {
        id = given;
    }

    protected final void clientId(String name) {
        clientId = name;
    }

    @Override
    protected final Object kept(Object item) {
        return item instanceof LentMessage lent ? lent.keep() : item;
    }

    @Override
    protected final void deliverOpened() throws Exception {
        sessions.handler().opened(this);
    }

    @Override
    protected final void deliver(Object message) throws Exception {
        sessions.handler().message(this, (Message) message);
    }

    @Override
    protected final void deliverClosed(CloseReason reason) {
        sessions.handler().closed(this, reason);
    }

    final void offerShared(SharedMessage shared) {
        Object form = wireForm();
        if (form == null) offerHere(shared.message());
        else offerEncoded(shared.encodedFor(this, form));
    }

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
