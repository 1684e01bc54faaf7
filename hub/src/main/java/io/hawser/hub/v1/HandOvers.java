package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.cluster.Nodes;
import io.hawser.cluster.Position;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How sessions come here from other nodes, and go to them.
///
/// A session has one node, or is on its way between two. It is on its way at the node that fetches it, from
/// before any other is asked until it is here or known to be nowhere; and at a node that gives it away,
/// until another has taken it. Whoever asks a node for a session that is on its way there, for a client or
/// with a message, waits until it has arrived: so nobody is told that there is no such session while there
/// is one.
///
/// Two never have it: what a node gives is out of its table before anybody hears of it, is given again only to
/// the run of a node that it was given to, and counts there only if it has not been there since (its tokens
/// tell).
///
/// Thread: safe from any; nothing waits.
final class HandOvers {
    private final Peers peers;
    private final NodeCalls calls;
    private final Nodes nodes;
    private final TimeSource time;
    private final MovedSessions moved = new MovedSessions();
    private final GivenStates given = new GivenStates();
    private final UnderWay giving = new UnderWay();
    private final ConcurrentHashMap<String, Fetching> fetching = new ConcurrentHashMap<>();

    /// @param over when it is here, or known to be nowhere
    private record Fetching(SessionSearch search, CompletableFuture<Void> over) {}

    HandOvers(Peers peers, NodeCalls calls, Nodes nodes, TimeSource time) {
        this.peers = peers;
        this.calls = calls;
        this.nodes = nodes;
        this.time = time;
    }

    /// The session of a token, which goes on here, from wherever it is.
    CompletableFuture<Peers.Resumed> fetch(ResumeTokens.Claim claim, Map<String, Position> positions) {
        String sid = claim.sid();
        if (peers.find(sid).isPresent()) return CompletableFuture.completedFuture(goOn(claim, "expired"));
        SessionSearch search = new SessionSearch(calls, nodes, claim);
        Fetching mine = new Fetching(search, new CompletableFuture<>());
        Fetching running = fetching.putIfAbsent(sid, mine);
        if (running != null) return running.over().thenCompose(done -> fetch(claim, positions));
        return CompletableFuture.completedFuture(moved.nodeOf(sid).orElse(claim.node()))
                .thenCompose(search::from)
                .thenApply(found -> arrived(claim, found, positions))
                .whenComplete((resumed, failure) -> {
                    fetching.remove(sid, mine);
                    mine.over().complete(null);
                });
    }

    private Peers.Resumed arrived(
            ResumeTokens.Claim claim, SessionSearch.Found found, Map<String, Position> positions) {
        Peer peer =
                found.state().map(state -> goOn(claim.sid(), state, positions)).orElse(null);
        if (found.state().isPresent()) calls.hasCome(found.node(), claim.sid());
        return peer == null ? goOn(claim, found.reason()) : new Peers.Resumed(peer, "");
    }

    /// With what is here, which may have come while it was looked for elsewhere.
    private Peers.Resumed goOn(ResumeTokens.Claim claim, String otherwise) {
        return peers.find(claim.sid())
                .filter(peer -> peer.user.equals(claim.user()) && peer.use(claim.generation()) && peers.isKept(peer))
                .map(peer -> new Peers.Resumed(peer, ""))
                .orElseGet(() -> new Peers.Resumed(null, otherwise.isEmpty() ? "expired" : otherwise));
    }

    /// With what another node had, unless it is here, or has been here since.
    private @Nullable Peer goOn(String sid, PeerState state, Map<String, Position> positions) {
        return peers.goOn(sid, state, positions, () -> {
            given.remove(sid);
            return moved.cameBack(sid, state.tokens().newest());
        });
    }

    /// Takes a session that another node gives away, and keeps it until its client comes back.
    ///
    /// @return false if this node is about to go, too
    boolean given(String sid, Bytes encoded) {
        if (peers.isLeaving()) return false;
        Peer peer = goOn(sid, PeerState.parse(encoded), Map.of());
        // If it is here already, or was: it is not offered to anybody else, so that it has one place.
        if (peer != null) peers.lost(peer);
        return true;
    }

    /// Answers another node, to which the client has come: with the session, which ends here, or with where it
    /// has gone.
    ///
    /// @param run of that node
    CompletableFuture<Bytes> take(ResumeTokens.Claim claim, String to, String run) {
        // Before it is looked whether it is here, so that it is not missed when it comes in between.
        Optional<CompletableFuture<Void>> onItsWay = onItsWay(claim.sid(), to);
        Optional<Bytes> state = peers.find(claim.sid())
                .filter(peer -> peer.user.equals(claim.user()))
                .flatMap(peer -> handOver(peer, claim, to, run))
                .or(() -> given.again(claim, run, time.nanoTime()));
        if (state.isPresent()) return CompletableFuture.completedFuture(NodeCalls.state(state.get()));
        return onItsWay.map(over -> over.thenCompose(done -> take(claim, to, run)))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        nodeOf(claim.sid()).map(NodeCalls::moved).orElse(Bytes.EMPTY)));
    }

    /// What was given has come, and is not given again: there it may end, and is to stay so.
    void hasCome(String sid, String run) {
        given.remove(sid, run);
    }

    private Optional<Bytes> handOver(Peer peer, ResumeTokens.Claim claim, String to, String run) {
        if (!peer.use(claim.generation())) return Optional.empty();
        Connection before = peer.leave();
        PeerState state = leave(peer, to);
        if (before != null) before.session.close(Peers.REPLACED);
        Optional<Bytes> encoded = Optional.ofNullable(state).map(PeerState::encoded);
        encoded.ifPresent(bytes -> given.add(claim, run, bytes, time.nanoTime()));
        return encoded;
    }

    /// What `peer` was; null if it is not here, or over.
    private @Nullable PeerState leave(Peer peer, String to) {
        // Known before it is gone from here, so that nobody finds neither.
        MovedSessions.Moved before = moved.add(peer.sid, gone(peer, to));
        boolean isMine = peers.takeOut(peer);
        PeerState state = isMine ? peer.handOver() : null;
        if (state == null) moved.undo(peer.sid, before);
        if (isMine) peers.clear(peer);
        return state;
    }

    private MovedSessions.Moved gone(Peer peer, String to) {
        return new MovedSessions.Moved(to, peer.tokens().newest(), time.nanoTime());
    }

    /// Where a session went that was here.
    Optional<String> nodeOf(String sid) {
        return moved.nodeOf(sid);
    }

    /// Gives sessions to the other nodes.
    ///
    /// @return how many were taken
    CompletableFuture<Integer> giveAway(Collection<Peer> left) {
        return new GivingAway(
                        calls,
                        new GivingAway.Giver() {
                            @Override
                            public @Nullable PeerState leave(Peer peer, String to) {
                                return HandOvers.this.leave(peer, to);
                            }

                            @Override
                            public void redirected(Peer peer, String to) {
                                var _ = moved.add(peer.sid, gone(peer, to));
                            }
                        },
                        giving,
                        left)
                .start();
    }

    /// Done when a session is on its way here or from here no more; empty if it is not.
    ///
    /// @param asker waits not for itself
    private Optional<CompletableFuture<Void>> onItsWay(String sid, String asker) {
        return giving.of(sid)
                .or(() -> Optional.ofNullable(fetching.get(sid))
                        .filter(running -> !running.search().isAsking(asker))
                        .map(Fetching::over));
    }

    private <T> CompletableFuture<T> whenArrived(String sid, Supplier<T> action, T none) {
        Optional<CompletableFuture<Void>> onItsWay = onItsWay(sid, "");
        T result = action.get();
        return result.equals(none) && onItsWay.isPresent()
                ? onItsWay.get().thenCompose(done -> whenArrived(sid, action, none))
                : CompletableFuture.completedFuture(result);
    }

    /// As [Peers#bring], also to a session that is on its way here.
    CompletableFuture<Brought> bring(String sid, Bytes signed, String mid) {
        return whenArrived(sid, () -> peers.bring(sid, signed, mid), Brought.NO_SESSION);
    }

    /// As [Peers#disconnect], also of a session that is on its way here.
    CompletableFuture<Boolean> disconnect(String sid) {
        return whenArrived(sid, () -> peers.disconnect(sid), false);
    }

    /// Forgets what is old.
    void sweep() {
        moved.sweep(time.nanoTime());
        given.sweep(time.nanoTime());
    }
}
