package io.hawser.http;

import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.Server;
import io.hawser.internal.http2.HttpProtocol;
import io.hawser.io.IoThreads;
import io.hawser.session.Sessions;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protocol;
import io.hawser.tcp.ServerStats;
import io.hawser.tcp.TcpServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Serves HTTP/1.1 and HTTP/2 on one port: under TLS, ALPN says which; in the clear, HTTP/2 begins with its
/// preface.
///
/// ```java
/// HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:8080"), HttpConfig.defaults(),
///         request -> Response.text("hello, " + request.query("name").orElse("world")));
/// ```
///
/// Thread: safe from any.
public final class HttpServer implements Server {
    private final TcpServer server;

    private HttpServer(TcpServer server) {
        this.server = server;
    }

    /// Serves on the shared event loops.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on
    public static HttpServer start(ListenConfig listen, HttpConfig config, HttpHandler handler) {
        return new HttpServer(TcpServer.start(listen, List.of(protocol(config, handler))));
    }

    /// Serves on event loops of the caller, who closes them after the server.
    ///
    /// @throws io.hawser.StartupFailed if the port cannot be listened on
    public static HttpServer start(ListenConfig listen, HttpConfig config, HttpHandler handler, IoThreads io) {
        return new HttpServer(TcpServer.start(listen, List.of(protocol(config, handler)), io));
    }

    /// HTTP beside other protocols on one port of a [TcpServer].
    public static Protocol protocol(HttpConfig config, HttpHandler handler) {
        return new HttpProtocol(config, handler, Optional.empty());
    }

    /// HTTP that challenges who asks too often, instead of answering 429.
    ///
    /// @param challenge stands around the handler for requests over the rate of their address
    ///     ([io.hawser.tcp.AddressLimits#requests()]): it answers with a riddle, or passes on who has
    ///     solved one
    public static Protocol protocol(HttpConfig config, HttpHandler handler, Filter challenge) {
        return new HttpProtocol(config, handler, Optional.of(challenge));
    }

    /// Where it listens, with the port that it really has.
    @Override
    public Endpoint endpoint() {
        return server.endpoint();
    }

    /// Live connections, those that have not sent a request included.
    @Override
    public int connectionCount() {
        return server.connectionCount();
    }

    /// The sessions that are open: WebSockets over either version, and streams of server-sent events.
    public Sessions sessions() {
        return server.sessions();
    }

    /// What it has done and holds.
    public ServerStats stats() {
        return server.stats();
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    /// Waits until the server has stopped.
    ///
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    @Override
    public void awaitStop() {
        server.awaitStop();
    }

    /// Stops listening, answers what has been received with `Connection: close`, and cuts what is left
    /// after `grace`. Idle connections are closed at once, those that were busy lately a second later,
    /// because a request may be on its way. Streams of server-sent events end behind what is queued for
    /// them, and are told to come back in 1 to 5 seconds. A connection of HTTP/2 is told twice: that it ends,
    /// and, when what was on its way has come, which request was the last.
    ///
    /// @throws io.hawser.ShutdownFailed if a part of it did not stop as it should; it is closed all the same
    /// @throws IllegalStateException on an event loop, which must not wait
    @Override
    public DrainReport drain(Duration grace) {
        return server.drain(grace);
    }

    /// Stops at once, a drain under way included. Closing twice does nothing.
    ///
    /// @throws io.hawser.ShutdownFailed as [#drain(Duration)]
    /// @throws IllegalStateException on an event loop, which must not wait
    @Override
    public void close() {
        server.close();
    }
}
