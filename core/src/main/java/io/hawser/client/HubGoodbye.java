package io.hawser.client;

import io.hawser.session.CloseReason;

/// The connection has ended.
final class HubGoodbye extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient CloseReason reason;

    HubGoodbye(CloseReason reason) {
        super(reason.toString(), null, false, false);
        this.reason = reason;
    }

    CloseReason reason() {
        return reason;
    }

    /// Whether coming back would end the same way.
    boolean isFinal() {
        int code = reason.code();
        return code == 1000 || code == 1005 || (code >= 4000 && code < 4500);
    }
}
