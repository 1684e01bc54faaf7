package io.hawser.internal.websocket;

import io.hawser.TimeSource;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.io.ExecutionMode;
import io.hawser.session.SessionHandler;
import io.hawser.websocket.WebSocketConfig;

/// The connections of one port that were accepted with one configuration, each of which has its own handler.
final class WebSocketSessions extends SessionRegistry {
    private static final SessionHandler NONE = (session, message) -> {
        throw new IllegalStateException(session + " has a handler of its own");
    };

    final WebSocketSettings settings;
    final FrameWriter writer;

    /// What sessions must have in common to be in one registry.
    record Kind(WebSocketConfig config, ExecutionMode mode) {}

    WebSocketSessions(Kind kind, NettyIoThreads threads) {
        super(kind.config().session(), NONE, new IoDispatcher(threads, kind.mode()), false, TimeSource.system());
        this.settings = WebSocketSettings.of(false, kind.config());
        this.writer = FrameWriter.ofServer(kind.config().fragmentBytes());
    }
}
