package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.cluster.Follower;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Subscriber;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicPattern;
import io.hawser.hub.access.Identity;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session of hawser.v1, which outlives its connection for a while: then it has no room for
/// anything, so that logs wait in their history and direct messages here.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `direct`, `mids`, `tokens`, `isOver` and the change of `connection`, which is
/// offered messages while it is held.
final class Peer implements Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

    final String sid;
    final String client;
    final String user;
    final Follower follower;
    /// The topics that it is present in.
    final Set<Topic> present = ConcurrentHashMap.newKeySet(2);

    private final Unacked direct = new Unacked();
    private final RecentMids mids = new RecentMids();
    private final Peers peers;
    private Generations tokens;
    private boolean isOver;
    private volatile Identity identity = Identity.ANYONE;
    private volatile @Nullable Connection connection;

    Peer(Peers peers, Subscriptions subscriptions, String sid, String client, String user, Generations tokens) {
        this.peers = peers;
        this.sid = sid;
        this.client = client.isEmpty() ? sid : client;
        this.user = user;
        this.tokens = tokens;
        this.follower = subscriptions.follow(this);
    }

    /// Who it was proved to be, the last time.
    Identity identity() {
        return identity;
    }

    void identity(Identity proved) {
        identity = proved;
    }

    Sender asSender() {
        return new Sender(sid, user);
    }

    /// Who it is to the deduplication: two that are not authenticated are not the same.
    String principal() {
        return user.isEmpty() ? "sid:" + sid : "user:" + user;
    }

    /// Goes on, or begins, on `next`, whose peer has all direct messages up to `s`. The welcome goes
    /// first, so that nothing overtakes it.
    ///
    /// @return false if the session has ended meanwhile, or is another node's
    synchronized boolean attach(Connection next, Message welcome, long s) {
        if (isOver) return false;
        next.push(welcome, false);
        connection = next;
        direct.resumed(s);
        return true;
    }

    /// It is over: nothing is sent or attached to it any more.
    ///
    /// @return the connection that it was on
    synchronized @Nullable Connection end() {
        isOver = true;
        return leave();
    }

    /// Leaves the connection that it is on.
    synchronized @Nullable Connection leave() {
        Connection before = connection;
        connection = null;
        return before;
    }

    /// The connection has gone.
    ///
    /// @return false if it is on another by now
    synchronized boolean detach(Connection gone) {
        if (!gone.equals(connection)) return false;
        connection = null;
        return true;
    }

    /// As [#connection()], after an [#attach] that is under way.
    private synchronized @Nullable Connection attached() {
        return connection;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    /// Which of its tokens are good.
    synchronized Generations tokens() {
        return tokens;
    }

    /// Its client comes back with one of its tokens.
    ///
    /// @return false if that one is not good any more
    synchronized boolean use(long token) {
        if (isOver || !tokens.allow(token)) return false;
        tokens = tokens.afterUseOf(token);
        return true;
    }

    /// What another node needs to go on with it. From now on it takes no direct messages: they would be lost.
    ///
    /// @return null if it is over
    synchronized @Nullable PeerState handOver() {
        if (isOver) return null;
        isOver = true;
        Map<String, Position> subscriptions = new LinkedHashMap<>();
        follower.subscriptions().forEach((pattern, at) -> {
            if (!isUnanswered(pattern, at)) subscriptions.put(pattern.text(), at);
        });
        return new PeerState(client, user, tokens, direct.lastS(), direct.kept(), mids.names(), subscriptions);
    }

    /// Whether it is a log whose answer the client has not had, and asks for again.
    private boolean isUnanswered(TopicPattern pattern, Position at) {
        return at.isNone()
                && pattern.isExact()
                && follower.position(pattern.asTopic()).isPresent();
    }

    /// Goes on with what another node had, from where the client is, where it says so.
    ///
    /// @param takesPlace makes it known, and says whether it may go on: before it does, nobody gets at it
    /// @return false if it may not; then it is over
    synchronized boolean restore(PeerState state, Map<String, Position> positions, BooleanSupplier takesPlace) {
        isOver = !takesPlace.getAsBoolean();
        if (isOver) return false;
        direct.restore(state.lastS(), state.direct());
        for (String mid : state.mids()) mids.add(mid, peers.nanoTime());
        state.subscriptions()
                .forEach((topic, at) -> follower.restore(TopicPattern.of(topic), positions.getOrDefault(topic, at)));
        return true;
    }

    /// Sends a message that is kept until it is acknowledged.
    ///
    /// @param mid the sender's name for it, with the sender's own; the same twice is sent once; empty
    ///     for none
    /// @return DROPPED if too many are; CLOSED if another node has it, or is about to
    synchronized Offer send(Bytes signed, String mid) {
        long now = peers.nanoTime();
        if (isOver) return Offer.CLOSED;
        if (!mid.isEmpty() && mids.knows(mid, now)) return Offer.QUEUED;
        if (!direct.add(signed)) return Offer.DROPPED;
        if (!mid.isEmpty()) mids.add(mid, now);
        flushDirect();
        return Offer.QUEUED;
    }

    synchronized void acknowledged(long s) {
        direct.acknowledged(s);
    }

    /// Hands out what waits, as far as there is room. What cannot be handed out is dropped, so that it does
    /// not keep what is behind it.
    synchronized void flushDirect() {
        Connection now = connection;
        if (now == null) return;
        for (Optional<Unacked.Direct> next = direct.next(); next.isPresent(); next = direct.next()) {
            Unacked.Direct message = next.get();
            try {
                if (!offer(now, message.s(), message.signed())) {
                    peers.waits(this);
                    return;
                }
                direct.handed(message.s());
            } catch (RuntimeException unfit) {
                LOG.warn("direct message {} to session {} cannot be sent, and is dropped", message.s(), sid, unfit);
                direct.drop(message);
            }
        }
    }

    private boolean offer(Connection to, long s, Bytes signed) {
        peers.limit().checkDirect(signed);
        return to.offer(to.pushes.msg(s, signed), true) == Offer.QUEUED;
    }

    /// Offers a message that is not kept.
    ///
    /// @param forms that it was given for other sessions
    /// @return whether it was taken
    boolean offer(Bytes signed, Map<Pushes, Message> forms) {
        Connection now = connection;
        // Its welcome may be on its way, and who has seen that counts on this.
        if (now == null) now = attached();
        if (now == null) return false;
        return now.offer(forms.computeIfAbsent(now.pushes, pushes -> pushes.all(signed)), true) == Offer.QUEUED;
    }

    @Override
    public boolean message(TopicMessage message) {
        Connection now = connection;
        if (now == null) return false;
        peers.limit().check(message);
        return now.offer(now.pushes.pub(message), true) == Offer.QUEUED;
    }

    @Override
    public boolean gap(TopicPattern subscription, long missed) {
        Connection now = connection;
        return now != null && now.push(now.pushes.gap(subscription.text(), missed), false);
    }

    @Override
    public boolean resync(Topic topic, ResyncReason reason, Position head) {
        Connection now = connection;
        return now != null && now.push(now.pushes.resync(topic, reason, head), false);
    }

    @Override
    public boolean hasRoom() {
        Connection now = connection;
        return now != null && now.hasRoom();
    }

    @Override
    public boolean isHere() {
        return connection != null;
    }

    @Override
    public int hashCode() {
        return sid.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
