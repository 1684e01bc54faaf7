package io.hawser.hub.v1;

import io.hawser.cluster.Member;
import io.hawser.cluster.Position;
import io.hawser.cluster.Published;
import io.hawser.session.Message;
import java.util.List;

/// The answer to one request. A request without a number gets none.
///
/// Thread: `later` answers from any; the others from the thread of the handler.
final class Answer {
    private final Connection to;
    private final long id;
    private final boolean isData;

    Answer(Connection to, long id, boolean isData) {
        this.to = to;
        this.id = id;
        this.isData = isData;
    }

    private void now(Message message) {
        to.answer(message, isData);
    }

    private void later(Message message) {
        to.push(message, isData);
    }

    /// A ping is answered as it came.
    void pong(boolean isControl) {
        to.answer(to.replies.pong(), !isControl);
    }

    void ok() {
        if (id >= 0) now(to.replies.ok(id));
    }

    /// On any thread.
    void okLater() {
        if (id >= 0) later(to.replies.ok(id));
    }

    /// On any thread.
    void okLater(int sessions) {
        if (id >= 0) later(to.replies.ok(id, sessions));
    }

    /// On any thread.
    void brought(String sid, Brought brought) {
        switch (brought) {
            case YES -> okLater();
            case FULL -> refuseLater(Refusal.of(Replies.TOO_MANY, "session " + sid + " reads too slowly"));
            case NO_SESSION -> refuseLater(Refusal.of(Replies.NOT_FOUND, "no session " + sid));
            case NO_FORM ->
                refuseLater(Refusal.of(Replies.BAD_REQUEST, "session " + sid + " takes only text and bytes"));
            case TOO_LARGE -> refuseLater(Refusal.of(Replies.TOO_LARGE, "larger than session " + sid + " can be sent"));
        }
    }

    void refuse(Refusal refusal) {
        if (id >= 0) now(to.replies.err(id, refusal));
    }

    void refuseLater(Refusal refusal) {
        if (id >= 0) later(to.replies.err(id, refusal));
    }

    void withoutPayload() {
        refuse(Refusal.of(Replies.BAD_REQUEST, "neither d nor b"));
    }

    /// On any thread, before the first message of the subscription.
    void subscribed(String topic, Position head, boolean isRecovered, int missed) {
        if (id >= 0) later(to.replies.subscribed(id, topic, head, isRecovered, missed));
    }

    /// On any thread.
    void published(Published published) {
        if (id >= 0) later(to.replies.published(id, published));
    }

    void who(String topic, List<Member> members, int maxBytes) {
        if (id < 0) return;
        Message answer = to.replies.who(id, topic, members);
        if (answer.size() <= maxBytes) now(answer);
        else refuse(Refusal.of(Replies.TOO_LARGE, members.size() + " sessions, more than one message can name"));
    }
}
