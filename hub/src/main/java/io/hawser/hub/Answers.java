package io.hawser.hub;

import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;

/// How a handler of the hub answers the session that it is called for, so that no answer is dropped in
/// silence.
///
/// On a thread of its own a handler waits for room. On the event loop it cannot; there is room there,
/// because a link hands out no message while its queue is over the soft bound. Only what others send to the
/// session at the same moment can have filled it: then its peer reads too slowly for what it is sent, and is
/// told so.
@FunctionalInterface
interface Answers {
    void answer(Session session, Message message);

    /// Those that come later, on whatever thread, which must not wait.
    Answers LATER = Answers::offerOrEnd;

    static Answers in(ExecutionMode mode) {
        return mode == ExecutionMode.EVENT_LOOP ? LATER : Session::send;
    }

    private static void offerOrEnd(Session session, Message message) {
        if (session.offer(message) == Offer.DROPPED) session.close(CloseReason.TOO_SLOW);
    }
}
