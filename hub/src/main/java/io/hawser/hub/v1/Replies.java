package io.hawser.hub.v1;

import io.hawser.cluster.Member;
import io.hawser.cluster.Position;
import io.hawser.cluster.Published;
import io.hawser.internal.item.ItemWriter;
import io.hawser.session.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the hub answers.
///
/// Source: docs/PROTOCOL.md, section 5
record Replies(Notation notation) {
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int TOO_LARGE = 413;
    static final int TOO_MANY = 429;
    static final int UNAVAILABLE = 503;

    Message pong() {
        return notation.write(out -> out.map(0));
    }

    Message ok(long id) {
        return notation.write(out -> answer(out, id, "ok").map(0));
    }

    /// Something was handed to sessions.
    ///
    /// @param sessions how many something was handed to
    Message ok(long id, int sessions) {
        return notation.write(out -> answer(out, id, "ok").map(1).text("n").integer(sessions));
    }

    Message err(long id, Refusal refusal) {
        return notation.write(out -> {
            answer(out, id, "err").map(refusal.retry().isPresent() ? 3 : 2);
            out.text("code").integer(refusal.code()).text("msg").text(refusal.message());
            refusal.retry().ifPresent(pause -> out.text("retry").integer(pause.toMillis()));
        });
    }

    /// The answer to a hello.
    ///
    /// @param resume the token to come back with
    /// @param reason why the session was not resumed, where that was asked for
    Message welcome(Greeting greeting, String sid, String resume, Duration window, Optional<String> reason) {
        return notation.write(out -> {
            boolean isSpread = greeting.spread().isPositive();
            int pairs = (isSpread ? 7 : 6) + one(reason) + one(greeting.pipeline()) + one(greeting.codec());
            answer(out, greeting.id(), "welcome").map(pairs);
            out.text("server").text(greeting.server());
            out.text("sid").text(sid);
            out.text("resume").text(resume);
            out.text("window").integer(window.toMillis());
            out.text("resumed").bool(greeting.isResumed());
            reason.ifPresent(why -> out.text("reason").text(why));
            out.text("hb").integer(greeting.heartbeatMillis());
            if (isSpread) out.text("spread").integer(greeting.spread().toMillis());
            greeting.codec().ifPresent(codec -> out.text("codec").text(codec));
            greeting.pipeline().ifPresent(offer -> notation.writeCbor(offer, out.text("pipeline")));
        });
    }

    private static int one(Optional<?> pair) {
        return pair.isPresent() ? 1 : 0;
    }

    Message subscribed(long id, String topic, Position head, boolean isRecovered, int missed) {
        return notation.write(out -> {
            answer(out, id, "sub").map(head.isNone() ? 3 : 6).text("topic").text(topic);
            if (!head.isNone()) position(out, head);
            out.text("recovered").bool(isRecovered).text("n").integer(missed);
        });
    }

    Message published(long id, Published published) {
        return notation.write(out -> {
            int pairs = (published.position().isNone() ? 0 : 3) + (published.isLocal() ? 2 : 1);
            answer(out, id, "pub").map(pairs);
            if (!published.position().isNone()) position(out, published.position());
            out.text("dup").bool(published.isDuplicate());
            if (published.isLocal()) out.text("local").bool(true);
        });
    }

    Message who(long id, String topic, List<Member> members) {
        return notation.write(out -> {
            answer(out, id, "who").map(2).text("topic").text(topic);
            out.text("sessions").list(members.size());
            for (Member member : members) {
                out.map(2).text("sid").text(member.session()).text("client").text(member.client());
            }
        });
    }

    private static void position(ItemWriter out, Position at) {
        out.text("e").text(at.epoch()).text("o").integer(at.offset()).text("g").text(at.tag());
    }

    private static ItemWriter answer(ItemWriter out, long id, String name) {
        return out.map(2).text("id").integer(id).text(name);
    }
}
