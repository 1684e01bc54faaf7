package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.TopicPattern;
import io.hawser.hub.access.Action;
import io.hawser.hub.access.Authenticator;
import io.hawser.hub.access.Identity;
import io.hawser.hub.access.Permissions;
import io.hawser.internal.cbor.CborValues;
import io.hawser.internal.session.GreetingHandler;
import io.hawser.internal.session.GreetingHandler.Terms;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets peers in: finds out who they are, each time anew, and which session they go on with.
///
/// Errors: who cannot prove it is sent away with 4010, who may do nothing with 4011.
///
/// Thread: safe from any; nothing waits.
final class Admission {
    static final int NOT_AUTHENTICATED = 4010;

    private static final int FORBIDDEN = 4011;
    private static final CloseReason FAILED =
            CloseReason.of(4500, "the hub failed").withRetryAfter(Duration.ofSeconds(1));
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Authenticator authenticator;
    private final Peers peers;
    private final Calls calls;
    private final Terms terms;

    /// @param terms of sessions whose transport has none of its own
    Admission(Authenticator authenticator, Peers peers, Calls calls, Terms terms) {
        this.authenticator = authenticator;
        this.peers = peers;
        this.calls = calls;
        this.terms = terms;
    }

    void hello(Connection connection, long id, Call.Hello hello) {
        Session session = connection.session;
        if (peers.isLeaving()) {
            session.close(CloseReason.DRAIN);
            return;
        }
        Call.Auth auth = hello.auth();
        if (!auth.bearer().isEmpty()) {
            var _ = authenticator
                    .bearer(auth.bearer(), session.remote())
                    .thenAccept(found ->
                            identified(connection, id, hello, found.or(() -> anyone(session)), "the token is not good"))
                    .exceptionally(failure -> failed(connection, failure));
        } else if (!auth.user().isEmpty() && authenticator.hasSecrets()) {
            String nonce = Authenticator.nonce();
            connection.challenge(new Connection.Challenge(nonce, id, hello));
            connection.push(connection.pushes.challenge(nonce), false);
        } else {
            Optional<Identity> found = session.attribute(Identity.KEY)
                    .or(() -> authenticator.certificate(session.tls()))
                    .or(() -> anyone(session));
            identified(connection, id, hello, found, "a proof of who you are is needed");
        }
    }

    private Optional<Identity> anyone(Session session) {
        return authenticator.isOpen(session.remote()) ? Optional.of(Identity.ANYONE) : Optional.empty();
    }

    /// A request before the welcome: the answer to a challenge, if there was one.
    ///
    /// @return false if it is none
    boolean isProof(Connection connection, Request request) {
        if (!(request.call() instanceof Call.Auth auth)) return false;
        Connection.Challenge challenge = connection.takeChallenge();
        if (challenge == null) return false;
        String user = challenge.hello().auth().user();
        Optional<Identity> found =
                authenticator.proof(user, challenge.nonce(), auth.proof().orElse(Bytes.EMPTY));
        if (found.isPresent() && request.id() >= 0) connection.push(connection.replies.ok(request.id()), false);
        identified(connection, challenge.id(), challenge.hello(), found, "the proof is wrong");
        return true;
    }

    private void identified(
            Connection connection, long id, Call.Hello hello, Optional<Identity> found, String otherwise) {
        if (found.isEmpty() || found.get().isExpired(Instant.now())) {
            connection.session.close(CloseReason.of(NOT_AUTHENTICATED, otherwise));
            return;
        }
        Identity identity = found.get();
        if (!authenticator.permissions().isAnythingFor(identity)) {
            connection.session.close(CloseReason.of(FORBIDDEN, "user " + identity.user() + " may do nothing here"));
        } else if (hello.resume().isEmpty()) {
            welcome(connection, id, hello, identity, new Peers.Resumed(null, ""));
        } else {
            var _ = peers.resume(hello.resume(), identity.user(), replayable(identity, hello.positions()))
                    .thenAccept(resumed -> welcome(connection, id, hello, identity, resumed))
                    .exceptionally(failure -> failed(connection, failure));
        }
    }

    private static @Nullable Void failed(Connection connection, Throwable failure) {
        LOG.error("a session could not begin or go on", failure);
        connection.session.close(FAILED);
        return null;
    }

    private void welcome(Connection connection, long id, Call.Hello hello, Identity identity, Peers.Resumed resumed) {
        Session session = connection.session;
        peers.strangers().leave(session);
        Peer earlier = resumed.peer();
        Peer peer = earlier == null ? peers.add(session.id(), hello.client(), identity.user()) : earlier;
        boolean isGreeted = false;
        boolean isAttached = false;
        try {
            peers.identified(peer, identity);
            connection.heedsSpread = hello.spread();
            Message welcome = welcome(connection, id, hello, peer, resumed);
            if (earlier != null) leaveBefore(peer, hello);
            isAttached = peer.attach(connection, welcome, earlier == null ? 0 : hello.s());
            if (isAttached) {
                peer.flushDirect();
                if (earlier != null) peer.follower.room();
                connection.greeted(peer, held -> calls.handle(connection, peer, held.request(), held.isControl()));
            }
            isGreeted = true;
        } finally {
            if (!isGreeted) session.close(FAILED);
            // It may also have gone while another node was asked.
            boolean isGone = !isGreeted || session.state() == SessionState.CLOSED;
            // Without a connection nobody else would tell that it waits to be resumed.
            if (isGone && (peer.detach(connection) || (!isGreeted && !peer.isHere()))) peers.lost(peer);
        }
        if (isAttached) return;
        // It has ended since it was found, or has gone on to another node.
        peers.forget(peer);
        if (earlier == null) session.close(Peers.DISCONNECTED);
        else welcome(connection, id, hello, identity, new Peers.Resumed(null, "expired"));
    }

    private Message welcome(Connection connection, long id, Call.Hello hello, Peer peer, Peers.Resumed resumed) {
        Terms agreed = connection.session.attribute(GreetingHandler.TERMS).orElse(terms);
        Greeting greeting = new Greeting(
                Math.max(id, 0),
                agreed.server(),
                agreed.heartbeatMillis(),
                agreed.pipeline().map(CborValues::encode),
                agreed.codec(),
                hello.spread() ? peers.spread() : Duration.ZERO,
                resumed.peer() != null);
        Optional<String> reason = Optional.of(resumed.reason()).filter(why -> !why.isEmpty());
        return connection.replies.welcome(greeting, peer.sid, peers.token(peer), Peers.WINDOW, reason);
    }

    /// Those to which `who` may go back.
    private Map<String, Position> replayable(Identity who, Map<String, Position> positions) {
        return replayable(authenticator.permissions(), who, positions);
    }

    static Map<String, Position> replayable(Permissions permissions, Identity who, Map<String, Position> positions) {
        Map<String, Position> replayable = new HashMap<>(positions);
        replayable.keySet().removeIf(topic -> !permissions.allows(who, Action.HISTORY, topic));
        return replayable;
    }

    private static boolean isAhead(Peer peer, TopicPattern pattern, Position position) {
        return pattern.isExact()
                && peer.follower
                        .position(pattern.asTopic())
                        .filter(own -> isAhead(position, own))
                        .isPresent();
    }

    /// Whether nothing behind `own` comes again from `position` on.
    static boolean isAhead(Position position, Position own) {
        return position.epoch().equals(own.epoch()) && position.offset() >= own.offset();
    }

    /// Off the connection that it was on, and back to where the client is: without a connection
    /// nothing comes of that before the session is on the new one.
    private void leaveBefore(Peer peer, Call.Hello hello) {
        Connection before = peer.leave();
        if (before != null) before.session.close(Peers.REPLACED);
        for (TopicPattern pattern : peer.follower.subscriptions().keySet()) {
            if (authenticator.permissions().allows(peer.identity(), Action.SUBSCRIBE, pattern.text())) continue;
            peer.follower.unsubscribe(pattern);
            peers.absent(peer, pattern);
        }
        Map<String, Position> replayable = replayable(peer.identity(), hello.positions());
        hello.positions().forEach((topic, position) -> {
            try {
                TopicPattern pattern = TopicPattern.of(topic);
                if (replayable.containsKey(topic) || isAhead(peer, pattern, position)) {
                    peer.follower.rejoin(pattern, position);
                }
            } catch (IllegalArgumentException e) {
                // No topic: then none that is followed.
            }
        });
    }
}
