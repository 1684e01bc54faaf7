package io.hawser.internal.session;

import io.hawser.session.Message;
import io.hawser.session.Offer;

/// A session whose protocol tells its own messages from those of the application.
public interface ControlSender {
    /// As [SessionControl#offerUrgent].
    Offer offerControl(Message message);

    /// As [io.hawser.session.Session#send].
    void sendControl(Message message);
}
