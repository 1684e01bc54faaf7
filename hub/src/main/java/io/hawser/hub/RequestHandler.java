package io.hawser.hub;

import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;

/// Answers the requests of hawser.v1 that come as messages: `send`, `bcast`, and the application ping.
///
/// Errors: what is no request ends the session with 4004; a request that cannot be done is answered with `err`.
///
/// Source: docs/PROTOCOL.md, section 5
record RequestHandler(Answers answers, Delivery delivery) implements SessionHandler {
    private static final int BAD_PAYLOAD = 4004;

    @Override
    public void message(Session session, Message message) {
        Request request;
        try {
            request = Request.parse(message.bytes());
        } catch (ProtocolError | LimitExceeded e) {
            session.close(CloseReason.of(BAD_PAYLOAD, String.valueOf(e.getMessage())));
            return;
        }
        Message answer = answer(session, request);
        if (request.id() >= 0 || request.name().isEmpty()) answers.answer(session, answer);
    }

    private Message answer(Session session, Request request) {
        return switch (request.name()) {
            case "" -> Replies.pong();
            case "send" -> send(session, request);
            case "bcast" -> broadcast(session, request);
            default -> Replies.err(request.id(), Replies.NOT_FOUND, "no request " + request.name() + " here");
        };
    }

    private Message send(Session session, Request request) {
        long id = request.id();
        if (request.payload().isEmpty()) return withoutPayload(id);
        Payload payload = request.payload().get();
        return delivery.find(request.to())
                .map(to -> {
                    if (!Delivery.fits(to, payload)) {
                        return Replies.err(
                                id, Replies.BAD_REQUEST, "session " + to.id() + " takes only text and bytes");
                    }
                    return switch (Delivery.offer(to, session, payload)) {
                        case QUEUED -> Replies.ok(id);
                        case DROPPED -> Replies.err(id, Replies.TOO_MANY, "session " + to.id() + " reads too slowly");
                        case CLOSED -> noSession(id, to.id());
                    };
                })
                .orElseGet(() -> noSession(id, request.to()));
    }

    private Message broadcast(Session session, Request request) {
        return request.payload()
                .map(payload -> Replies.ok(request.id(), delivery.broadcast(session, payload)))
                .orElseGet(() -> withoutPayload(request.id()));
    }

    private static Message noSession(long id, String sid) {
        return Replies.err(id, Replies.NOT_FOUND, "no session " + sid);
    }

    private static Message withoutPayload(long id) {
        return Replies.err(id, Replies.BAD_REQUEST, "neither d nor b");
    }
}
