package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Position;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.hub.access.Identity;
import io.hawser.session.CloseReason;
import io.hawser.session.Session;
import io.hawser.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The sessions of hawser.v1 on this node, those that wait to be resumed included.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `lost`, and decides whether a session that waits goes on or expires; nothing is
/// called while it is held.
public final class Peers {
    /// How long a session waits for its client to come back.
    public static final Duration WINDOW = Duration.ofSeconds(60);

    private static final CloseReason EXPIRED = CloseReason.of(Admission.NOT_AUTHENTICATED, "the token has expired");

    /// Sent away by an administrator.
    public static final CloseReason DISCONNECTED = CloseReason.of(4011, "disconnected by an administrator");

    static final CloseReason REPLACED = CloseReason.of(4013, "replaced by a newer connection");

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int MAX_LOST = 50_000;

    private final Backplane backplane;
    private final Subscriptions subscriptions;
    private final ResumeTokens tokens;
    private final TimeSource time;
    private final NodeCalls nodes;
    private final Strangers strangers;
    private final Registration answering;
    private final BareSessions bare;
    private final MovedSessions moved = new MovedSessions();
    private final ConcurrentHashMap<String, Peer> bySid = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Generations> generations = new ConcurrentHashMap<>();
    /// Whose proof of who they are does not last.
    private final Set<Peer> expiring = ConcurrentHashMap.newKeySet();
    private final Set<Peer> waiting = ConcurrentHashMap.newKeySet();
    private final LinkedHashMap<Peer, Long> lost = new LinkedHashMap<>();
    /// When it was looked whose proof has expired; only whoever sweeps reads it.
    private volatile long lookedNanos;
    private volatile boolean isLeaving;

    /// @param key signs what clients come back with, on whatever node of the cluster
    /// @param sessions of this node on connections, of every protocol; empty while their server starts
    public Peers(
            Backplane backplane,
            Subscriptions subscriptions,
            Bytes key,
            TimeSource time,
            Supplier<Optional<Sessions>> sessions) {
        this.backplane = backplane;
        this.subscriptions = subscriptions;
        this.tokens = new ResumeTokens(key);
        this.time = time;
        this.bare = new BareSessions(sessions);
        this.strangers = new Strangers(time);
        this.nodes = new NodeCalls(backplane, this);
        this.answering = nodes.register();
    }

    long nanoTime() {
        return time.nanoTime();
    }

    /// What this node calls itself.
    String node() {
        return backplane.nodes().name();
    }

    Strangers strangers() {
        return strangers;
    }

    NodeCalls nodes() {
        return nodes;
    }

    /// A new session.
    Peer add(String sid, String client, String user) {
        return add(new Peer(this, subscriptions, sid, client, user), Generations.FIRST);
    }

    private Peer add(Peer peer, Generations good) {
        generations.put(peer.sid, good);
        moved.remove(peer.sid);
        bySid.put(peer.sid, peer);
        backplane.presence().join(NodeCalls.place(peer.sid), peer.sid, peer.client);
        return peer;
    }

    Optional<Peer> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    Collection<Peer> all() {
        return bySid.values();
    }

    /// How many sessions there are.
    public int count() {
        return bySid.size();
    }

    /// Who `peer` was proved to be, from now on.
    void identified(Peer peer, Identity identity) {
        peer.identity(identity);
        if (identity.expiresAt().isPresent()) expiring.add(peer);
        else expiring.remove(peer);
    }

    /// A session that waits for its client is not concerned: who comes back proves who he is.
    private void endExpired() {
        if (time.nanoTime() - lookedNanos < LOOK.toNanos()) return;
        lookedNanos = time.nanoTime();
        Instant now = time.now();
        for (Peer peer : expiring) {
            Connection connection = peer.connection();
            if (connection != null && peer.identity().isExpired(now)) connection.session.close(EXPIRED);
        }
    }

    /// The token that the welcome carries.
    String token(Peer peer) {
        Generations good = generations.getOrDefault(peer.sid, Generations.FIRST);
        return tokens.issue(new ResumeTokens.Claim(backplane.nodes().name(), peer.sid, peer.user, good.newest()));
    }

    /// What became of a token.
    ///
    /// @param peer null where nothing is resumed, for `reason`
    record Resumed(@Nullable Peer peer, String reason) {}

    /// The session that `token` is for, if it still is somewhere and is that user's. The token changes.
    ///
    /// @param positions where the client is in logs, which counts for a session that another node
    ///     hands over
    CompletableFuture<Resumed> resume(String token, String user, Map<String, Position> positions) {
        Optional<ResumeTokens.Claim> claim = tokens.verify(token);
        if (claim.isEmpty()) return refused("invalid");
        if (!claim.get().user().equals(user)) return refused("principal");
        String sid = claim.get().sid();
        Peer peer = bySid.get(sid);
        if (peer != null) {
            boolean isGood = use(claim.get()) && isKept(peer);
            return isGood ? CompletableFuture.completedFuture(new Resumed(peer, "")) : refused("expired");
        }
        String node = claim.get().node();
        String first = node.equals(node()) ? moved.nodeOf(sid).orElse(node) : node;
        return new SessionSearch(nodes, backplane.nodes(), claim.get())
                .from(first)
                .thenApply(found -> found.state()
                        .map(state -> new Resumed(taken(sid, state, positions), ""))
                        .orElseGet(() -> cameMeanwhile(claim.get(), found.reason())));
    }

    /// A session that was given to this node while it was looked for elsewhere.
    private Resumed cameMeanwhile(ResumeTokens.Claim claim, String reason) {
        Peer came = bySid.get(claim.sid());
        boolean isGood = came != null && came.user.equals(claim.user()) && use(claim) && isKept(came);
        return isGood ? new Resumed(came, "") : new Resumed(null, reason);
    }

    /// Its client is back: from now on it does not expire.
    ///
    /// @return false if it has
    private synchronized boolean isKept(Peer peer) {
        lost.remove(peer);
        return Objects.equals(bySid.get(peer.sid), peer);
    }

    private static CompletableFuture<Resumed> refused(String reason) {
        return CompletableFuture.completedFuture(new Resumed(null, reason));
    }

    /// Goes on here with what another node had.
    private Peer taken(String sid, PeerState had, Map<String, Position> positions) {
        Peer peer = new Peer(this, subscriptions, sid, had.client(), had.user());
        peer.restore(had, positions);
        for (String topic : had.subscriptions().keySet()) present(peer, TopicPattern.of(topic));
        return add(peer, had.tokens());
    }

    /// Takes a session that another node gives away, and keeps it until its client comes back.
    ///
    /// @return false if this node is about to go, too
    boolean given(String sid, Bytes encoded) {
        if (isLeaving) return false;
        if (bySid.containsKey(sid)) return true; // it is not offered to anybody else, so that it has one place
        lost(taken(sid, PeerState.parse(encoded), Map.of()));
        return true;
    }

    /// Where a session went that was here.
    Optional<String> movedTo(String sid) {
        return moved.nodeOf(sid);
    }

    /// It is in the topic that it has subscribed to.
    void present(Peer peer, TopicPattern pattern) {
        if (pattern.isExact() && peer.present.add(pattern.asTopic())) {
            backplane.presence().join(pattern.asTopic(), peer.sid, peer.client);
        }
    }

    /// And no longer.
    void absent(Peer peer, TopicPattern pattern) {
        if (pattern.isExact() && peer.present.remove(pattern.asTopic())) {
            backplane.presence().leave(pattern.asTopic(), peer.sid);
        }
    }

    /// Gives a session to the node `to` that its client has come to; it ends here.
    Optional<PeerState> handOver(ResumeTokens.Claim claim, String to) {
        Peer peer = bySid.get(claim.sid());
        if (peer == null || !peer.user.equals(claim.user()) || !use(claim)) return Optional.empty();
        Connection before = peer.leave();
        PeerState state = leaveFor(peer, to);
        if (before != null) before.session.close(REPLACED);
        return Optional.ofNullable(state);
    }

    /// What `peer` was; null if it is not here.
    private @Nullable PeerState leaveFor(Peer peer, String to) {
        Generations good = generations.get(peer.sid);
        if (good == null || !Objects.equals(bySid.get(peer.sid), peer)) return null;
        // Known before it is gone from here, so that nobody finds neither.
        Optional<String> before = moved.nodeOf(peer.sid);
        moved.add(peer.sid, to, time.nanoTime());
        if (!bySid.remove(peer.sid, peer)) {
            before.ifPresentOrElse(node -> moved.add(peer.sid, node, time.nanoTime()), () -> moved.remove(peer.sid));
            return null;
        }
        PeerState state = peer.handOver(good);
        clear(peer);
        return state;
    }

    /// Gives all sessions that are left to the other nodes, which keep them until their clients come back.
    ///
    /// @return how many were taken, when all were offered
    public CompletableFuture<Integer> giveAway() {
        GivingAway.Giver giver = new GivingAway.Giver() {
            @Override
            public @Nullable PeerState leave(Peer peer, String to) {
                return leaveFor(peer, to);
            }

            @Override
            public void redirected(Peer peer, String to) {
                moved.add(peer.sid, to, time.nanoTime());
            }
        };
        return new GivingAway(nodes, giver, bySid.values()).start();
    }

    /// Whether there are sessions, and other nodes that could take them.
    public boolean hasNeighbours() {
        return !bySid.isEmpty() && !nodes.others().isEmpty();
    }

    /// Whether there is another node that is not about to go.
    public CompletableFuture<Boolean> hasOthers() {
        return nodes.hasOthers();
    }

    /// Brings a message to a session of this node; one of hawser.v1 keeps it until it is acknowledged.
    Brought bring(String sid, Bytes signed, String mid) {
        Peer peer = bySid.get(sid);
        if (peer == null) return bare.bring(sid, Payload.of(signed));
        return switch (peer.send(signed, mid)) {
            case QUEUED -> Brought.YES;
            case DROPPED -> Brought.FULL;
            case CLOSED -> Brought.NO_SESSION;
        };
    }

    /// Offers what is not kept to every session of this node.
    ///
    /// @param signed what `payload` is with its sender
    /// @return to how many
    int offerAll(Bytes signed, Payload payload) {
        int count = bare.broadcast(payload);
        for (Peer peer : all()) {
            if (peer.offer(signed)) count++;
        }
        return count;
    }

    private boolean use(ResumeTokens.Claim claim) {
        boolean[] isGood = {false};
        generations.computeIfPresent(claim.sid(), (sid, good) -> {
            isGood[0] = good.allow(claim.generation());
            return isGood[0] ? good.afterUseOf(claim.generation()) : good;
        });
        return isGood[0];
    }

    /// Its connection has gone, and it may come back.
    void lost(Peer peer) {
        Peer oldest = null;
        synchronized (this) {
            lost.putLast(peer, time.nanoTime());
            if (lost.size() > MAX_LOST) oldest = lost.pollFirstEntry().getKey();
            if (oldest != null && !bySid.remove(oldest.sid, oldest)) oldest = null;
        }
        if (oldest != null) clear(oldest);
    }

    /// Ends the session of that id, on whatever node it is, and its connection.
    ///
    /// @return false if there is none
    public CompletableFuture<Boolean> disconnectAnywhere(String sid) {
        return disconnect(sid) ? CompletableFuture.completedFuture(true) : nodes.disconnect(sid);
    }

    boolean disconnect(String sid) {
        Peer peer = bySid.get(sid);
        if (peer == null) return bare.disconnect(sid);
        Connection connection = peer.end();
        end(peer);
        if (connection != null) connection.session.close(DISCONNECTED);
        return true;
    }

    /// The sessions of this node, those that wait for their client included.
    public Stream<SessionView> sessions() {
        return all().stream().map(SessionView::of);
    }

    /// The session of that id, if this node has it.
    public Optional<SessionView> session(String sid) {
        return find(sid).map(SessionView::of);
    }

    /// It ends for good.
    void end(Peer peer) {
        if (bySid.remove(peer.sid, peer)) clear(peer);
    }

    /// Nobody finds it any more: clears away what it had.
    private void clear(Peer peer) {
        var _ = peer.end();
        synchronized (this) {
            lost.remove(peer);
        }
        generations.remove(peer.sid);
        forget(peer);
        peer.follower.close();
        for (Topic topic : peer.present) backplane.presence().leave(topic, peer.sid);
        backplane.presence().leave(NodeCalls.place(peer.sid), peer.sid);
    }

    /// It is over, and was not known to be.
    void forget(Peer peer) {
        waiting.remove(peer);
        expiring.remove(peer);
    }

    void waits(Peer peer) {
        waiting.add(peer);
    }

    /// Goes on with whoever has room again, and ends the sessions whose window has passed. Called every few
    /// milliseconds.
    ///
    /// @return whether anything waits
    public boolean sweep() {
        strangers.sweep();
        moved.sweep(time.nanoTime());
        endExpired();
        for (Peer peer : List.copyOf(waiting)) {
            if (peer.hasRoom() && waiting.remove(peer)) peer.flushDirect();
        }
        for (Peer peer : expired()) clear(peer);
        return subscriptions.sweep() > 0 || !waiting.isEmpty();
    }

    /// Takes out those whose window has passed, so that nobody resumes what is about to be cleared away.
    private synchronized List<Peer> expired() {
        List<Peer> late = new ArrayList<>();
        long now = time.nanoTime();
        for (Map.Entry<Peer, Long> oldestFirst : lost.entrySet()) {
            if (now - oldestFirst.getValue() < WINDOW.toNanos()) break;
            late.add(oldestFirst.getKey());
        }
        late.forEach(lost::remove);
        return late.stream()
                .filter(peer -> peer.connection() == null && bySid.remove(peer.sid, peer))
                .toList();
    }

    /// From now on nobody is let in.
    public void leaving() {
        isLeaving = true;
    }

    boolean isLeaving() {
        return isLeaving;
    }

    /// Tells every peer that the hub goes away, and to come back at some time within `spread`.
    ///
    /// @return those that were told
    public List<Session> goAway(int code, Duration spread) {
        List<Session> told = new ArrayList<>();
        for (Peer peer : all()) {
            Connection connection = peer.connection();
            if (connection == null) continue;
            long millis = (long) (Math.random() * spread.toMillis());
            connection.offer(connection.pushes.goaway(code, Duration.ofMillis(millis)), false);
            told.add(connection.session);
        }
        return told;
    }

    /// Ends all sessions.
    public void close() {
        answering.close();
        for (Peer peer : List.copyOf(bySid.values())) end(peer);
        subscriptions.close();
    }
}
