package io.hawser.internal.session;

import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import java.util.function.BooleanSupplier;

/// What the hub does to a session besides what an application may.
///
/// Thread: safe from any.
public interface SessionControl {
    /// From now on the peer is read only while `mayRead` says so, which is asked on the event loop.
    void readWhile(BooleanSupplier mayRead);

    /// What [#readWhile] was given may say yes again.
    void readAgain();

    /// As [io.hawser.session.Session#offer], up to 64 KiB over the hard bound of the queue, or over one message
    /// that alone is longer than that: for what is small and must be heard.
    Offer offerUrgent(Message message);

    /// Closes behind the messages that were received already, and their answers.
    void finish(CloseReason reason);
}
