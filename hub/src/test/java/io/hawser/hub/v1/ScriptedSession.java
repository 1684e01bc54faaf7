package io.hawser.hub.v1;

import io.hawser.Endpoint;
import io.hawser.session.CloseReason;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.SessionState;
import io.hawser.session.SessionStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// A session without a connection, which writes down what it is given.
public final class ScriptedSession implements Session {
    final List<Message> sent = new ArrayList<>();

    @Nullable
    CloseReason ended;

    boolean isFull;

    @Nullable
    RuntimeException fault;

    private final Map<Key<?>, Object> attributes = new HashMap<>();
    private final String id;
    private final boolean isGreeted;

    public ScriptedSession(String id) {
        this(id, true);
    }

    ScriptedSession(String id, boolean isGreeted) {
        this.id = id;
        this.isGreeted = isGreeted;
    }

    Connection connection(Notation notation) {
        return new Connection(this, new Replies(notation), new Pushes(notation), false, 1 << 20);
    }

    List<String> texts() {
        return sent.stream().map(Message::text).toList();
    }

    @Override
    public Offer offer(Message message) {
        if (ended != null) return Offer.CLOSED;
        RuntimeException thrown = fault;
        if (thrown != null) throw thrown;
        if (isFull) return Offer.DROPPED;
        sent.add(message);
        return Offer.QUEUED;
    }

    @Override
    public void send(Message message) {
        var _ = offer(message);
    }

    @Override
    public void close(CloseReason reason) {
        if (ended == null) ended = reason;
    }

    @Override
    public void abort() {
        close(CloseReason.LOST);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String clientId() {
        return id;
    }

    @Override
    public boolean isGreeted() {
        return isGreeted;
    }

    @Override
    public Endpoint remote() {
        return Endpoint.parse("127.0.0.1:1");
    }

    @Override
    public Optional<SSLSession> tls() {
        return Optional.empty();
    }

    @Override
    public SessionState state() {
        return ended == null ? SessionState.OPEN : SessionState.CLOSED;
    }

    @Override
    public Instant connectedAt() {
        return Instant.EPOCH;
    }

    @Override
    public Instant lastActivity() {
        return Instant.EPOCH;
    }

    @Override
    public SessionStats stats() {
        return new SessionStats(0, 0, 0, 0, 0, 0, Duration.ZERO);
    }

    @Override
    @SuppressWarnings("unchecked") // a key is of the type of its value
    public <T> Optional<T> attribute(Key<T> key) {
        return Optional.ofNullable((T) attributes.get(key));
    }

    @Override
    public <T> void attribute(Key<T> key, T value) {
        attributes.put(key, value);
    }
}
