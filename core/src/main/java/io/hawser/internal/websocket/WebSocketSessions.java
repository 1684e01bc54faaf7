package io.hawser.internal.websocket;

import io.hawser.TimeSource;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.io.ExecutionMode;
import io.hawser.session.SessionHandler;
import io.hawser.websocket.WebSocketConfig;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The connections of one port that were accepted with one configuration, each of which has its own handler.
final class WebSocketSessions extends SessionRegistry {
    private static final SessionHandler NONE = (session, message) -> {
        throw new IllegalStateException(session + " has a handler of its own");
    };

    final WebSocketSettings settings;
    final FrameWriter writer;

    /// What sessions must have in common to be in one registry.
    ///
    /// Compared by hand, for it is asked for with each connection: configurations that differ do so in their
    /// subprotocols, nearly always, and to hash or compare a whole one generates code for each record in it.
    record Kind(WebSocketConfig config, ExecutionMode mode) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Kind kind
                    && mode == kind.mode
                    && config.subprotocols().equals(kind.config.subprotocols())
                    && Objects.equals(config, kind.config);
        }

        @Override
        public int hashCode() {
            return 31 * config.subprotocols().hashCode() + mode.hashCode();
        }
    }

    WebSocketSessions(Kind kind, NettyIoThreads threads) {
        super(kind.config().session(), NONE, new IoDispatcher(threads, kind.mode()), false, TimeSource.system());
        this.settings = WebSocketSettings.of(false, kind.config());
        this.writer = FrameWriter.ofServer(kind.config().fragmentBytes());
    }
}
