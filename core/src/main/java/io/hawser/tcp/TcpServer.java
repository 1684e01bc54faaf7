package io.hawser.tcp;

import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.Server;
import io.hawser.internal.tcp.PortServer;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.IoThreads;
import io.hawser.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Listens on one port and speaks one protocol or several.
///
/// ```java
/// TcpServer server = TcpServer.start(ListenConfig.on("127.0.0.1:7000"), Framing.lines(1024),
///         (connection, line) -> connection.send(line.toUpperCase(Locale.ROOT)));
/// ```
///
/// Thread: safe from any.
public final class TcpServer implements Server {
    private final PortServer port;

    private TcpServer(PortServer port) {
        this.port = port;
    }

    /// Serves frames of `framing` with [ConnectionLimits#defaults()], on the shared event loops.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on, a certificate does not load, or the
    ///     start hook of a handler that ticks throws
    public static <F> TcpServer start(ListenConfig listen, Framing<F> framing, ConnectionHandler<F> handler) {
        return start(listen, List.of(Protocol.framed(framing, ConnectionLimits.defaults(), handler)));
    }

    /// Serves `protocols`, of which the first that knows the first bytes of a connection takes it, on the
    /// shared event loops.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on, a certificate does not load, the
    ///     library of a codec is absent, or the start hook of a handler that ticks throws
    /// @throws IllegalArgumentException if there is no protocol
    public static TcpServer start(ListenConfig listen, List<Protocol> protocols) {
        return new TcpServer(PortServer.start(listen, protocols, IoThreads.shared(), true));
    }

    /// Serves `protocols` on event loops of the caller, who closes them after the server.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on, a certificate does not load, the
    ///     library of a codec is absent, or the start hook of a handler that ticks throws
    /// @throws IllegalArgumentException if there is no protocol
    public static TcpServer start(ListenConfig listen, List<Protocol> protocols, IoThreads io) {
        return new TcpServer(PortServer.start(listen, protocols, io, false));
    }

    @Override
    public Endpoint endpoint() {
        return port.endpoint();
    }

    @Override
    public int connectionCount() {
        return port.connectionCount();
    }

    /// Live connections of one protocol, by its name: `msgi`, `http`, `websocket`, `tcp` for a framing; 0 for
    /// one that is not served.
    public int connectionCount(String protocol) {
        return port.connectionCount(protocol);
    }

    /// What the port has done and holds.
    public ServerStats stats() {
        return port.stats();
    }

    /// The sessions that are open, of every protocol of this port that has sessions.
    public Sessions sessions() {
        return port.sessions();
    }

    /// Lets in so many connections from now on; those that there are stay.
    ///
    /// @param maxConnections of all protocols together; at least 1
    /// @param byProtocol of one, by its name, as in [ListenConfig#protocolLimits()]; at least 1. They replace
    ///     all that were set before: a protocol that is not named has no limit of its own
    /// @throws IllegalArgumentException if a limit is below 1; then those before stay
    public void limits(int maxConnections, Map<String, Integer> byProtocol) {
        port.limits(maxConnections, byProtocol);
    }

    /// Bounds the sessions of MSGI and WebSocket by `changed` from now on, those that there are too, whatever
    /// they were configured with. Event streams keep the limits of their configuration.
    public void sessionLimits(ConnectionLimits changed) {
        port.sessionLimits(changed);
    }

    /// Looks at the files of TLS now instead of within the next five seconds.
    ///
    /// @return whether they had changed, so that new connections get what they hold now
    /// @throws io.hawser.StartupFailed if that cannot be used; then the old ones stay
    public boolean reloadTls() {
        return port.reloadTls();
    }

    /// Whether a share of the heap is used up, or was within the last five seconds, so that connections are
    /// turned away or cut off ([MemoryShares]).
    public boolean isShedding() {
        return port.isShedding();
    }

    @Override
    public boolean isRunning() {
        return port.isRunning();
    }

    @Override
    public void awaitStop() {
        port.awaitStop();
    }

    @Override
    public DrainReport drain(Duration grace) {
        return port.drain(grace);
    }

    @Override
    public void close() {
        port.close();
    }
}
