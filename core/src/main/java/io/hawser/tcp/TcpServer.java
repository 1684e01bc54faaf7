package io.hawser.tcp;

import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.internal.tcp.PortServer;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.IoThreads;
import java.time.Duration;
import java.util.List;

/// Listens on one port and speaks one protocol or several.
///
/// ```java
/// TcpServer server = TcpServer.start(ListenConfig.on("127.0.0.1:7000"), Framing.lines(1024),
///         (connection, line) -> connection.send(line.toUpperCase(Locale.ROOT)));
/// ```
///
/// Thread: safe from any.
public final class TcpServer implements AutoCloseable {
    private final PortServer port;

    private TcpServer(PortServer port) {
        this.port = port;
    }

    /// Serves frames of `framing` with [ConnectionLimits#defaults()], on the shared event loops.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on
    public static <F> TcpServer start(ListenConfig listen, Framing<F> framing, ConnectionHandler<F> handler) {
        return start(listen, List.of(Protocol.framed(framing, ConnectionLimits.defaults(), handler)));
    }

    /// Serves `protocols` on the shared event loops.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on
    public static TcpServer start(ListenConfig listen, List<Protocol> protocols) {
        return new TcpServer(PortServer.start(listen, protocols, IoThreads.shared(), true));
    }

    /// Serves `protocols` on event loops of the caller, who closes them after the server.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on
    public static TcpServer start(ListenConfig listen, List<Protocol> protocols, IoThreads io) {
        return new TcpServer(PortServer.start(listen, protocols, io, false));
    }

    /// Where it listens, with the port that it really has.
    public Endpoint endpoint() {
        return port.endpoint();
    }

    /// Live connections, those whose protocol is not known yet included.
    public int connectionCount() {
        return port.connectionCount();
    }

    public boolean isRunning() {
        return port.isRunning();
    }

    /// Waits until the server has stopped.
    ///
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    public void awaitStop() {
        port.awaitStop();
    }

    /// Stops listening, lets every connection finish what it has received, and cuts what is left after `grace`.
    ///
    /// @throws IllegalStateException on an event loop, which must not wait
    public DrainReport drain(Duration grace) {
        return port.drain(grace);
    }

    /// Stops at once, a drain under way included. Closing twice does nothing.
    ///
    /// @throws IllegalStateException on an event loop, which must not wait
    @Override
    public void close() {
        port.close();
    }
}
