package io.hawser.hub.v1;

import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.hub.access.Authenticator;
import io.hawser.internal.messaging.MsgiFraming;
import io.hawser.internal.session.GreetingHandler;
import io.hawser.internal.session.HeldMessage;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import java.util.Optional;

/// Speaks hawser.v1 with the sessions of one transport, whose first message has to be a hello;
/// sessions that are not greeted are another handler's.
///
/// Errors: what is no request ends the connection with 4004; a request that cannot be done is answered
/// with `err`.
///
/// Source: docs/PROTOCOL.md, section 5
public final class V1Handler implements GreetingHandler {
    private static final Key<Connection> CONNECTION = Key.of("hawser.v1");
    private static final int BAD_PAYLOAD = 4004;

    private final Notation notation;
    private final Peers peers;
    private final Calls calls;
    private final SessionHandler bare;
    private final ExecutionMode mode;
    private final SessionConfig config;
    private final Admission admission;
    private final Replies replies;
    private final Pushes pushes;

    /// @param bare what the sessions get that are not greeted
    /// @param config of the sessions
    public V1Handler(
            Notation notation,
            Peers peers,
            Calls calls,
            Authenticator authenticator,
            SessionHandler bare,
            ExecutionMode mode,
            SessionConfig config) {
        this.notation = notation;
        this.peers = peers;
        this.calls = calls;
        this.bare = bare;
        this.mode = mode;
        this.config = config;
        Terms terms = new Terms(peers.node(), config.pingAfter().toMillis(), Optional.empty(), Optional.empty());
        this.admission = new Admission(authenticator, peers, calls, terms);
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
        if (known.isPresent()) handle(known.get(), request, isControl, message.size());
        else greet(session, request);
    }

    private void handle(Connection connection, Request request, boolean isControl, int bytes) {
        Connection.Held held = new Connection.Held(request, isControl, bytes);
        Peer peer = connection.peer();
        if (peer == null && admission.isProof(connection, request)) return;
        if (peer == null && connection.hold(held)) return;
        if (peer == null) peer = connection.peer();
        if (peer != null) calls.handle(connection, peer, request, isControl);
    }

    private void greet(Session session, Request request) {
        Call call = request.call();
        if (call instanceof Call.Hello hello) hello(session, request.id(), hello);
        else if (call instanceof Call.Bad bad) session.close(CloseReason.of(BAD_PAYLOAD, bad.why()));
        else session.close(CloseReason.of(Admission.NOT_AUTHENTICATED, "a request before the hello"));
    }

    private void hello(Session session, long id, Call.Hello hello) {
        boolean mayWait = mode != ExecutionMode.EVENT_LOOP;
        Connection connection = new Connection(
                session, replies, pushes, mayWait, config.limits().softQueueBytes());
        session.attribute(CONNECTION, connection);
        admission.hello(connection, id, hello);
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
        if (reason.mayRetry() || reason.equals(MsgiFraming.CUT_OFF)) peers.lost(peer);
        else peers.end(peer);
    }
}
