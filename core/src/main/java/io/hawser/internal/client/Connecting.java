package io.hawser.internal.client;

import io.hawser.Endpoint;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.internal.tcp.Connector;

/// What a [ClientProtocol] needs to connect once.
///
/// @param sessions where the link is a session
/// @param queue what the link sends
public record Connecting(
        NettyIoThreads threads, Connector connector, Endpoint endpoint, SessionRegistry sessions, SendQueue queue) {}
