package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.cluster.Position;
import io.hawser.cluster.TopicPattern;
import io.hawser.internal.cbor.CborValues;
import io.hawser.internal.session.GreetingHandler;
import io.hawser.internal.session.HeldMessage;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.session.SessionState;
import java.util.Optional;

/// Speaks hawser.v1 with the sessions of one transport, whose first message has to be a hello; sessions that are
/// not greeted are another handler's.
///
/// Errors: what is no request ends the connection with 4004; a request that cannot be done is answered with `err`.
///
/// Source: docs/PROTOCOL.md, section 5
public final class V1Handler implements GreetingHandler {
    private static final Key<Connection> CONNECTION = Key.of("hawser.v1");
    private static final int BAD_PAYLOAD = 4004;
    private static final int NO_HELLO = 4010;

    private final Notation notation;
    private final Peers peers;
    private final Calls calls;
    private final SessionHandler bare;
    private final ExecutionMode mode;
    private final SessionConfig config;
    private final Terms terms;
    private final Replies replies;
    private final Pushes pushes;

    /// @param bare what the sessions get that are not greeted
    /// @param config of the sessions
    public V1Handler(
            Notation notation,
            Peers peers,
            Calls calls,
            SessionHandler bare,
            ExecutionMode mode,
            SessionConfig config) {
        this.notation = notation;
        this.peers = peers;
        this.calls = calls;
        this.bare = bare;
        this.mode = mode;
        this.config = config;
        this.terms = new Terms(peers.node(), config.pingAfter().toMillis(), Optional.empty(), Optional.empty());
        this.replies = new Replies(notation);
        this.pushes = new Pushes(notation);
    }

    @Override
    public ExecutionMode mode() {
        return mode;
    }

    @Override
    public void message(Session session, Message message) throws Exception {
        if (!session.isGreeted()) {
            bare.message(session, message);
            return;
        }
        Request request;
        try {
            if (message.isText() != notation.isText()) throw notation.wrongType();
            request = Request.parse(notation, message);
        } catch (ProtocolError | LimitExceeded e) {
            session.close(CloseReason.of(BAD_PAYLOAD, String.valueOf(e.getMessage())));
            return;
        }
        boolean isControl = message instanceof HeldMessage held && held.isControl();
        Optional<Connection> known = session.attribute(CONNECTION);
        if (known.isPresent()) handle(known.get(), request, isControl);
        else greet(session, request);
    }

    private void handle(Connection connection, Request request, boolean isControl) {
        Connection.Held held = new Connection.Held(request, isControl);
        Peer peer = connection.peer();
        if (peer == null && connection.hold(held)) return;
        if (peer == null) peer = connection.peer();
        if (peer != null) calls.handle(connection, peer, request, isControl);
    }

    private void greet(Session session, Request request) {
        switch (request.call()) {
            case Call.Hello hello -> hello(session, request.id(), hello);
            case Call.Bad bad -> session.close(CloseReason.of(BAD_PAYLOAD, bad.why()));
            default -> session.close(CloseReason.of(NO_HELLO, "a request before the hello"));
        }
    }

    private void hello(Session session, long id, Call.Hello hello) {
        boolean mayWait = mode != ExecutionMode.EVENT_LOOP;
        Connection connection = new Connection(
                session, replies, pushes, mayWait, config.limits().softQueueBytes());
        session.attribute(CONNECTION, connection);
        if (hello.resume().isEmpty()) {
            welcome(connection, id, hello, new Peers.Resumed(null, ""));
        } else {
            var _ = peers.resume(hello.resume(), "", hello.positions())
                    .thenAccept(resumed -> welcome(connection, id, hello, resumed));
        }
    }

    private void welcome(Connection connection, long id, Call.Hello hello, Peers.Resumed resumed) {
        Session session = connection.session;
        peers.strangers().leave(session);
        Terms agreed = session.attribute(TERMS).orElse(terms);
        Optional<Bytes> pipeline = agreed.pipeline().map(CborValues::encode);
        Peer earlier = resumed.peer();
        Peer peer = earlier == null ? peers.add(session.id(), hello.client(), "") : earlier;
        Greeting greeting = new Greeting(
                Math.max(id, 0), agreed.server(), agreed.heartbeatMillis(), pipeline, agreed.codec(), earlier != null);
        Optional<String> reason = Optional.of(resumed.reason()).filter(why -> !why.isEmpty());
        Message welcome = replies.welcome(greeting, peer.sid, peers.token(peer), Peers.WINDOW, reason);
        if (earlier != null) leaveBefore(peer, hello);
        peer.attach(connection, welcome, earlier == null ? 0 : hello.s());
        peer.flushDirect();
        if (earlier != null) peer.follower.room();
        connection.greeted(peer, held -> calls.handle(connection, peer, held.request(), held.isControl()));
        // It may have gone while another node was asked.
        if (session.state() == SessionState.CLOSED && peer.detach(connection)) peers.lost(peer);
    }

    /// Off the connection that it was on, and back to where the client is: without a connection nothing comes of
    /// that before the session is on the new one.
    private static void leaveBefore(Peer peer, Call.Hello hello) {
        Connection before = peer.leave();
        if (before != null) before.session.close(Peers.REPLACED);
        hello.positions().forEach((topic, position) -> rejoin(peer, topic, position));
    }

    private static void rejoin(Peer peer, String topic, Position position) {
        try {
            peer.follower.rejoin(TopicPattern.of(topic), position);
        } catch (IllegalArgumentException e) {
            // No topic: then none that is followed.
        }
    }

    @Override
    public void opened(Session session) throws Exception {
        if (session.isGreeted()) peers.strangers().came(session, config.helloTimeout());
        else bare.opened(session);
    }

    @Override
    public void closed(Session session, CloseReason reason) {
        if (!session.isGreeted()) {
            bare.closed(session, reason);
            return;
        }
        peers.strangers().leave(session);
        Peer peer = session.attribute(CONNECTION).map(Connection::peer).orElse(null);
        Connection gone = session.attribute(CONNECTION).orElse(null);
        if (peer == null || gone == null || !peer.detach(gone)) return;
        if (reason.mayRetry()) peers.lost(peer);
        else peers.end(peer);
    }
}
