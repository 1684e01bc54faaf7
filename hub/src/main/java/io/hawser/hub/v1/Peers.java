package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Position;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.hub.access.Identity;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int MAX_LOST = 50_000;

    private final Backplane backplane;
    private final Subscriptions subscriptions;
    private final ResumeTokens tokens;
    private final MessageLimit limit;
    private final TimeSource time;
    private final NodeCalls nodes;
    private final Strangers strangers;
    private final Registration answering;
    private final BareSessions bare;
    private final HandOvers handOvers;
    private final ConcurrentHashMap<String, Peer> bySid = new ConcurrentHashMap<>();
    /// Whose proof of who they are does not last.
    private final Set<Peer> expiring = ConcurrentHashMap.newKeySet();
    private final Set<Peer> waiting = ConcurrentHashMap.newKeySet();
    private final LinkedHashMap<Peer, Long> lost = new LinkedHashMap<>();
    private final ReturnSpread returning = new ReturnSpread();
    /// When it was looked whose proof has expired; only whoever sweeps reads it.
    private volatile long lookedNanos;
    private volatile boolean isLeaving;
    private volatile Function<String, CompletableFuture<Bytes>> reads =
            target -> CompletableFuture.failedFuture(new Rejected("not started yet", null));

    /// @param keys of which the first signs what clients come back with, and each verifies it, on whatever
    ///     node of the cluster
    /// @param limit of what they are sent
    /// @param sessions of this node on connections, of every protocol; empty while their server starts
    public Peers(
            Backplane backplane,
            Subscriptions subscriptions,
            Supplier<List<Bytes>> keys,
            MessageLimit limit,
            TimeSource time,
            Supplier<Optional<Sessions>> sessions) {
        this.backplane = backplane;
        this.subscriptions = subscriptions;
        this.tokens = new ResumeTokens(keys);
        this.limit = limit;
        this.time = time;
        this.bare = new BareSessions(sessions);
        this.strangers = new Strangers(time);
        this.nodes = new NodeCalls(backplane, this);
        this.handOvers = new HandOvers(this, nodes, backplane.nodes(), time);
        this.answering = nodes.register();
    }

    long nanoTime() {
        return time.nanoTime();
    }

    /// What this node calls itself.
    public String node() {
        return backplane.nodes().name();
    }

    /// The other nodes.
    public List<String> others() {
        return nodes.others();
    }

    /// Asks another node what it says at `target`.
    ///
    /// Errors: the future fails as a question to another node does.
    public CompletableFuture<Bytes> read(String node, String target) {
        return nodes.read(node, target);
    }

    /// From now on `answers` says what other nodes read here. Thread: it must not block.
    public void answerReads(Function<String, CompletableFuture<Bytes>> answers) {
        reads = answers;
    }

    Function<String, CompletableFuture<Bytes>> reads() {
        return reads;
    }

    /// Of what they are sent.
    MessageLimit limit() {
        return limit;
    }

    Strangers strangers() {
        return strangers;
    }

    NodeCalls nodes() {
        return nodes;
    }

    HandOvers handOvers() {
        return handOvers;
    }

    /// A new session.
    Peer add(String sid, String client, String user) {
        Peer peer = new Peer(this, subscriptions, sid, client, user, Generations.FIRST);
        bySid.put(sid, peer);
        join(peer, Set.of());
        return peer;
    }

    /// Goes on here with what another node had, if it is not here already.
    ///
    /// @param positions where the client is in logs, as far as it says so
    /// @param isNews asked in the end whether it is no older than what this node knows of the session
    @Nullable
    Peer goOn(String sid, PeerState had, Map<String, Position> positions, BooleanSupplier isNews) {
        Peer peer = new Peer(this, subscriptions, sid, had.client(), had.user(), had.tokens());
        boolean isFirst;
        try {
            isFirst = peer.restore(had, positions, () -> {
                if (bySid.putIfAbsent(sid, peer) != null) return false;
                return isNews.getAsBoolean() || !bySid.remove(sid, peer);
            });
        } catch (RuntimeException unfit) {
            end(peer);
            throw unfit;
        }
        if (!isFirst) {
            peer.follower.close();
            return null;
        }
        join(peer, had.subscriptions().keySet());
        return peer;
    }

    /// Lets the other nodes find it, in what it has subscribed to and as itself.
    private void join(Peer peer, Set<String> subscribed) {
        try {
            for (String topic : subscribed) present(peer, TopicPattern.of(topic));
            backplane.presence().join(NodeCalls.place(peer.sid), peer.sid, peer.client);
        } catch (RuntimeException failure) {
            end(peer);
            throw failure;
        }
    }

    /// Takes `peer` out of the sessions of this node. What it had is still to be cleared away.
    ///
    /// @return false if it is none of them
    boolean takeOut(Peer peer) {
        return bySid.remove(peer.sid, peer);
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
            if (connection != null && peer.identity().isExpired(now)) alone(() -> connection.session.close(EXPIRED));
        }
    }

    /// The token that the welcome carries.
    String token(Peer peer) {
        return tokens.issue(new ResumeTokens.Claim(
                node(), peer.sid, peer.user, peer.tokens().newest()));
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
        return handOvers.fetch(claim.get(), positions);
    }

    /// Its client is back: from now on it does not expire.
    ///
    /// @return false if it has
    synchronized boolean isKept(Peer peer) {
        lost.remove(peer);
        return Objects.equals(bySid.get(peer.sid), peer);
    }

    private static CompletableFuture<Resumed> refused(String reason) {
        return CompletableFuture.completedFuture(new Resumed(null, reason));
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

    /// Gives all sessions that are left to the other nodes, which keep them until their clients come back.
    ///
    /// @return how many were taken, when all were offered
    public CompletableFuture<Integer> giveAway() {
        return handOvers.giveAway(all());
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
        if (!limit.allowsDirect(signed)) return Brought.TOO_LARGE;
        return switch (peer.send(signed, mid)) {
            case QUEUED -> Brought.YES;
            case DROPPED -> Brought.FULL;
            case CLOSED -> Brought.NO_SESSION;
        };
    }

    /// Offers what is not kept to every session of this node. What comes from another node may be larger than
    /// this one sends: then only bare peers get it, if they can take it.
    ///
    /// @param signed what `payload` is with its sender
    /// @return to how many
    int offerAll(Bytes signed, Payload payload) {
        int count = bare.broadcast(payload);
        if (!limit.allowsDirect(signed)) return count;
        Map<Pushes, Message> forms = new HashMap<>();
        for (Peer peer : all()) {
            try {
                if (peer.offer(signed, forms)) count++;
            } catch (RuntimeException failure) {
                LOG.error("session {} could not be offered a message to all", peer.sid, failure);
            }
        }
        return count;
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
    /// Errors: the future fails as a question to another node does.
    ///
    /// @return false if there is none
    public CompletableFuture<Boolean> disconnectAnywhere(String sid) {
        return handOvers
                .disconnect(sid)
                .thenCompose(isDone -> isDone ? CompletableFuture.completedFuture(true) : nodes.disconnect(sid));
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
    void clear(Peer peer) {
        var _ = peer.end();
        synchronized (this) {
            lost.remove(peer);
        }
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
    /// milliseconds. A step that fails keeps no other from its turn.
    ///
    /// @return whether anything waits
    public boolean sweep() {
        alone(strangers::sweep);
        alone(handOvers::sweep);
        alone(this::endExpired);
        alone(this::tellSpread);
        for (Peer peer : List.copyOf(waiting)) alone(() -> goOn(peer));
        for (Peer peer : expired()) alone(() -> clear(peer));
        return subscriptions.sweep() > 0 || !waiting.isEmpty();
    }

    private static void alone(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            LOG.error("a step in looking after the sessions failed; the others go on", failure);
        }
    }

    private void goOn(Peer peer) {
        // Who is away gets his messages with his next connection; unless he has come back in between.
        if (!peer.isHere() && waiting.remove(peer) && peer.isHere()) waiting.add(peer);
        if (peer.hasRoom() && waiting.remove(peer)) peer.flushDirect();
    }

    /// Within which time clients should come back that lose their connection.
    public Duration spread() {
        return ReturnSpread.of(count());
    }

    private void tellSpread() {
        if (!returning.hasGrown(count())) return;
        Duration within = spread();
        for (Peer peer : all()) {
            Connection connection = peer.connection();
            if (connection != null && connection.heedsSpread) {
                alone(() -> connection.offer(connection.pushes.spread(within), false));
            }
        }
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
    /// @return who was told to come back after what time
    public Map<Session, Duration> goAway(int code, Duration spread) {
        Map<Session, Duration> told = new HashMap<>();
        for (Peer peer : all()) {
            Connection connection = peer.connection();
            if (connection == null) continue;
            Duration pause = Duration.ofMillis((long) (Math.random() * spread.toMillis()));
            connection.offer(connection.pushes.goaway(code, pause), false);
            told.put(connection.session, pause);
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
