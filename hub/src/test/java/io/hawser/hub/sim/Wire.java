package io.hawser.hub.sim;

import io.hawser.Endpoint;
import io.hawser.internal.session.ControlSender;
import io.hawser.session.CloseReason;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.SessionState;
import io.hawser.session.SessionStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// A connection between a client and a node: the node's end is a session with a bounded queue, the client reads as
/// fast as it can, and either end may go without the other's knowing at once.
final class Wire implements Session, ControlSender {
    private static final Endpoint SOMEWHERE = Endpoint.parse("127.0.0.1:1");
    private static final int SOFT_BYTES = 1500;
    private static final int MAX_BYTES = SOFT_BYTES + 2000;
    private static final long LINGER = World.millis(2000);

    private final World world;
    private final String id;
    private final Node node;
    private final Map<Key<?>, Object> attributes = new HashMap<>();
    private final ArrayDeque<Message> queue = new ArrayDeque<>();
    private @Nullable Client client;
    private @Nullable CloseReason goodbye;
    private SessionState state = SessionState.OPEN;
    private long queuedBytes;
    private long lastSent;
    private boolean isReading;

    Wire(World world, String id, Node node, Client client) {
        this.world = world;
        this.id = id;
        this.node = node;
        this.client = client;
        node.accept(this);
    }

    Node node() {
        return node;
    }

    private long latency(String way) {
        return World.millis(1) / 2 + world.random(World.millis(3), id, way);
    }

    /// The client sends.
    void sendToNode(Message message) {
        long at = Math.max(lastSent + 1, world.nanoTime() + latency("up"));
        lastSent = at;
        world.after(at - world.nanoTime(), () -> {
            if (state == SessionState.OPEN) node.received(this, message);
        });
    }

    /// The client is gone, which the node finds out after a while.
    void leave(CloseReason reason, long foundOutNanos) {
        client = null;
        long at = Math.max(lastSent + 1, world.nanoTime() + foundOutNanos);
        world.after(at - world.nanoTime(), () -> end(reason));
    }

    private void end(CloseReason reason) {
        if (state == SessionState.CLOSED) return;
        state = SessionState.CLOSED;
        queue.clear();
        Client left = client;
        client = null;
        if (left != null) left.closed(this, reason);
        node.closed(this, reason);
    }

    /// The node has died.
    void cut() {
        state = SessionState.CLOSED;
        Client left = client;
        client = null;
        if (left != null) world.after(latency("cut"), () -> left.closed(this, CloseReason.LOST));
    }

    private void read() {
        Client reader = client;
        if (isReading || reader == null) return;
        if (queue.isEmpty()) {
            CloseReason said = goodbye;
            if (said != null) world.after(latency("goodbye"), () -> end(said));
            return;
        }
        isReading = true;
        world.after(latency("down") / 4 + reader.readNanos(), () -> {
            isReading = false;
            Message next = queue.pollFirst();
            if (next == null || client != reader) return;
            queuedBytes -= next.size();
            reader.received(this, next);
            read();
        });
    }

    @Override
    public Offer offer(Message message) {
        if (state != SessionState.OPEN) return Offer.CLOSED;
        if (queuedBytes >= SOFT_BYTES) return Offer.DROPPED;
        queue.addLast(message);
        queuedBytes += message.size();
        if (queuedBytes > MAX_BYTES) throw world.failure(id + ": " + queuedBytes + " bytes queued");
        read();
        return Offer.QUEUED;
    }

    @Override
    public Offer offerControl(Message message) {
        return offer(message);
    }

    @Override
    public void close(CloseReason reason) {
        if (state != SessionState.OPEN) return;
        state = SessionState.CLOSING;
        goodbye = reason;
        read();
        world.after(LINGER, () -> end(reason));
    }

    @Override
    public void abort() {
        end(CloseReason.LOST);
    }

    @Override
    public void send(Message message) {
        throw new IllegalStateException("on an event loop");
    }

    @Override
    public void sendControl(Message message) {
        send(message);
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
        return true;
    }

    @Override
    public Optional<SSLSession> tls() {
        return Optional.empty();
    }

    @Override
    public Endpoint remote() {
        return SOMEWHERE;
    }

    @Override
    public SessionState state() {
        return state;
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
        return new SessionStats(0, 0, 0, 0, 0, queuedBytes, Duration.ZERO);
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
