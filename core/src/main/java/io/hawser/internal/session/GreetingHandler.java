package io.hawser.internal.session;

import io.hawser.session.Key;
import io.hawser.session.SessionHandler;
import java.util.Map;
import java.util.Optional;

/// A handler that greets by itself: the hello of a session comes as its first message, and so do later
/// requests that another handler would not see. It answers them through [ControlSender].
public interface GreetingHandler extends SessionHandler {
    /// What the welcome has to say of the transport, kept with the session.
    Key<Terms> TERMS = Key.of("terms");

    /// What a welcome says of the transport.
    ///
    /// @param server what the server calls itself
    /// @param heartbeatMillis silence after which it pings
    /// @param pipeline the answer to what the client offers for payloads
    /// @param codec what its frames may be compressed with
    record Terms(String server, long heartbeatMillis, Optional<Map<String, Object>> pipeline, Optional<String> codec) {}
}
