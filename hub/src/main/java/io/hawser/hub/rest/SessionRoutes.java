package io.hawser.hub.rest;

import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.hub.v1.Brought;
import io.hawser.hub.v1.Delivery;
import io.hawser.hub.v1.Peers;
import io.hawser.hub.v1.Sender;
import io.hawser.hub.v1.SessionView;
import io.hawser.session.Session;
import io.hawser.session.SessionStats;
import io.hawser.session.Sessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `/api/v1/sessions` and `/api/v1/broadcast`: who is connected, and messages to them.
///
/// Thread: it waits for other nodes.
///
/// @param bare sessions of every protocol
record SessionRoutes(Peers peers, Delivery delivery, Supplier<Sessions> bare, Bodies bodies) {
    private static final Sender SENDER = new Sender("", "");

    Response list(Request request) {
        List<String> named = request.query().all("sid");
        Stream<SessionView> asked = named.isEmpty()
                ? matching(request.query("filter").orElse(""))
                : named.stream().distinct().flatMap(sid -> find(sid).stream());
        return Response.json(
                Page.of(request).cut(peers.node(), "sessions", asked, SessionView::sid, SessionRoutes::form));
    }

    Response one(Request request) {
        String sid = request.pathParameter("id");
        return find(sid).map(session -> Response.json(form(session))).orElseGet(() -> noSession(sid));
    }

    private Optional<SessionView> find(String sid) {
        return peers.session(sid)
                .or(() -> bare.get()
                        .find(sid)
                        .filter(session -> !session.isGreeted())
                        .map(SessionView::bare));
    }

    private Stream<SessionView> matching(String filter) {
        return Stream.concat(peers.sessions(), bareSessions().map(SessionView::bare))
                .filter(session -> session.matches(filter));
    }

    private Stream<Session> bareSessions() {
        return bare.get().stream().filter(session -> !session.isGreeted());
    }

    private static Map<String, Object> form(SessionView session) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("sid", session.sid());
        form.put("client", session.client());
        if (!session.user().isEmpty()) form.put("user", session.user());
        form.put("connected", session.connection().isPresent());
        session.connection().ifPresent(connection -> figures(connection, form));
        form.put("subscriptions", session.subscriptions().get());
        return form;
    }

    private static void figures(Session connection, Map<String, Object> form) {
        SessionStats stats = connection.stats();
        form.put("remote", connection.remote().toString());
        form.put("protocol", connection.protocol());
        form.put("since", connection.connectedAt().toEpochMilli());
        form.put("messages_in", stats.messagesReceived());
        form.put("messages_out", stats.messagesSent());
        form.put("bytes_in", stats.bytesReceived());
        form.put("bytes_out", stats.bytesSent());
        form.put("dropped", stats.messagesDropped());
        form.put("queued", stats.queuedBytes());
    }

    Response send(Request request) {
        String sid = request.pathParameter("id");
        Brought brought = delivery.bring(sid, SENDER, bodies.payload(request), mid(request))
                .join();
        return switch (brought) {
            case YES -> Response.noContent();
            case FULL ->
                Problem.of(Status.TOO_MANY_REQUESTS, "session " + sid + " keeps as many messages as it may")
                        .response();
            case NO_SESSION -> noSession(sid);
            case NO_FORM ->
                Problem.of(Status.BAD_REQUEST, "session " + sid + " takes only text and bytes")
                        .response();
            case TOO_LARGE ->
                Problem.of(Status.CONTENT_TOO_LARGE, "larger than session " + sid + " can be sent")
                        .response();
        };
    }

    private static String mid(Request request) {
        return request.header("Idempotency-Key").map(key -> "admin " + key).orElse("");
    }

    Response disconnect(Request request) {
        String sid = request.pathParameter("id");
        return peers.disconnectAnywhere(sid).join() ? Response.noContent() : noSession(sid);
    }

    private static Response noSession(String sid) {
        return Problem.of(Status.NOT_FOUND, "no session " + sid).response();
    }

    Response broadcast(Request request) {
        return Response.json(
                Map.of("n", delivery.bringAll(SENDER, bodies.payload(request)).join()));
    }
}
