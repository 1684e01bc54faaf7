package io.hawser.messaging;

import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.Server;
import io.hawser.internal.messaging.MessagingProtocol;
import io.hawser.io.IoThreads;
import io.hawser.session.SessionHandler;
import io.hawser.session.Sessions;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protocol;
import io.hawser.tcp.ServerStats;
import io.hawser.tcp.TcpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Serves MSGI sessions.
///
/// ```java
/// MessagingServer server = MessagingServer.start(
///         ListenConfig.on("127.0.0.1:7000"),
///         MessagingConfig.defaults(),
///         (session, message) -> session.send(message));
/// ```
///
/// Thread: safe from any.
public final class MessagingServer implements Server {
    private final MessagingProtocol protocol;
    private final TcpServer server;

    private MessagingServer(MessagingProtocol protocol, TcpServer server) {
        this.protocol = protocol;
        this.server = server;
    }

    /// Serves on the shared event loops.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on, or the library of a codec is
    ///     absent
    public static MessagingServer start(ListenConfig listen, MessagingConfig config, SessionHandler handler) {
        MessagingProtocol protocol = new MessagingProtocol(config, handler);
        return new MessagingServer(protocol, TcpServer.start(listen, List.of(protocol)));
    }

    /// Serves on event loops of the caller, who closes them after the server.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on
    public static MessagingServer start(
            ListenConfig listen, MessagingConfig config, SessionHandler handler, IoThreads io) {
        return start(listen, config, handler, io, List.of());
    }

    /// Serves on event loops of the caller, and `others` on the same port: the first bytes of a connection
    /// decide.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on
    public static MessagingServer start(
            ListenConfig listen, MessagingConfig config, SessionHandler handler, IoThreads io, List<Protocol> others) {
        MessagingProtocol protocol = new MessagingProtocol(config, handler);
        List<Protocol> all = new ArrayList<>();
        all.add(protocol);
        all.addAll(others);
        return new MessagingServer(protocol, TcpServer.start(listen, all, io));
    }

    /// MSGI beside other protocols on one port of a [TcpServer].
    public static Protocol protocol(MessagingConfig config, SessionHandler handler) {
        return new MessagingProtocol(config, handler);
    }

    @Override
    public Endpoint endpoint() {
        return server.endpoint();
    }

    /// The sessions that are open.
    public Sessions sessions() {
        return protocol.sessions();
    }

    /// What it has done and holds.
    public ServerStats stats() {
        return server.stats();
    }

    @Override
    public int connectionCount() {
        return server.connectionCount();
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    @Override
    public void awaitStop() {
        server.awaitStop();
    }

    @Override
    public DrainReport drain(Duration grace) {
        return server.drain(grace);
    }

    @Override
    public void close() {
        server.close();
    }
}
