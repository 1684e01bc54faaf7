package io.hawser.benchmarks.peers;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/// Binary messages sent back, and texts sent to all, on Jetty.
final class JettyWebSocket {
    private static final int BACKLOG = 4096;
    private static final long LONGEST_MESSAGE = 1 << 20;

    private static final Set<Session> SESSIONS = ConcurrentHashMap.newKeySet();

    private JettyWebSocket() {}

    /// Public, because Jetty calls it by method handles.
    public static final class Listener implements Session.Listener.AutoDemanding {
        private @Nullable Session session;

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            SESSIONS.add(opened);
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            Session open = session;
            if (open != null) open.sendBinary(payload, callback);
        }

        @Override
        public void onWebSocketText(String message) {
            SESSIONS.forEach(each -> each.sendText(message, Callback.NOOP));
        }

        /// The client has gone in the middle of something, which Jetty would log.
        @Override
        public void onWebSocketError(Throwable cause) {
            gone();
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            gone();
            callback.succeed();
        }

        private void gone() {
            Session open = session;
            if (open != null) SESSIONS.remove(open);
        }
    }

    static void main(String... arguments) throws Exception {
        var asked = PeerArguments.of(arguments);
        var server = new Server(new QueuedThreadPool());
        var connector = new ServerConnector(server, -1, asked.threads());
        connector.setHost("127.0.0.1");
        connector.setPort(asked.port());
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxBinaryMessageSize(LONGEST_MESSAGE);
            container.addMapping("/*", (request, response, callback) -> new Listener());
        }));
        server.start();
        PeerArguments.ready(connector.getLocalPort());
        server.join();
    }
}
