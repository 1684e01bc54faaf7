package io.hawser.internal.client;

import io.hawser.Endpoint;
import io.hawser.Reconnect;
import io.hawser.session.SessionConfig;
import io.hawser.tcp.ConnectConfig;
import java.util.List;

/// What a client that stays connected is to do, in any protocol.
///
/// @param alpn names of the protocol, best first
public record ClientPlan(
        String id,
        List<Endpoint> endpoints,
        List<String> alpn,
        ConnectConfig connect,
        Reconnect reconnect,
        SessionConfig session,
        int maxQueuedMessages,
        int maxQueuedBytes) {}
