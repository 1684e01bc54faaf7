package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.session.Message;
import io.hawser.session.Session;

/// What the hub says in hawser.v1, in CBOR.
final class Replies {
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int TOO_MANY = 429;

    private static final Message PONG =
            Message.binary(CborWriter.create().map(0).toBytes());

    private Replies() {}

    static Message pong() {
        return PONG;
    }

    static Message ok(long id) {
        return message(answer(id, "ok").map(0));
    }

    /// @param sessions how many something was handed to
    static Message ok(long id, int sessions) {
        return message(answer(id, "ok").map(1).text("n").integer(sessions));
    }

    static Message err(long id, int code, String what) {
        return message(
                answer(id, "err").map(2).text("code").integer(code).text("msg").text(what));
    }

    /// A message from one session to another. Of its sender it says what the hub knows, not what the sender
    /// claims.
    static Message msg(Session from, Payload payload) {
        CborWriter out = CborWriter.create().map(1).text("msg").map(2);
        out.text("from").map(1).text("sid").text(from.id());
        return message(out.text(payload.key()).encoded(payload.item()));
    }

    private static CborWriter answer(long id, String name) {
        return CborWriter.create().map(2).text("id").integer(id).text(name);
    }

    private static Message message(CborWriter written) {
        Bytes bytes = written.toBytes();
        return Message.binary(bytes);
    }
}
