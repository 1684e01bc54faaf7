package io.hawser.tcp;

import io.hawser.Endpoint;
import io.hawser.internal.tcp.FramedConnections;
import io.hawser.io.ConnectionLimits;

/// Opens framed connections, on the shared event loops.
///
/// ```java
/// Endpoint server = Endpoint.parse("localhost:7000");
/// try (Connection<String> connection = TcpClient.connect(server, Framing.lines(1024))) {
///     connection.send("hello");
///     String answer = connection.receive();
/// }
/// ```
///
/// Errors: every `connect` throws [io.hawser.ConnectFailed], [io.hawser.DeadlineExceeded] at
/// [io.hawser.Deadline#current()], [io.hawser.Cancelled] if the thread is interrupted,
/// [io.hawser.StartupFailed] if its TLS settings cannot be used, or [io.hawser.Rejected] if so many look-ups
/// of names hang that none could begin; and [IllegalStateException] on an event loop.
public final class TcpClient {
    private TcpClient() {}

    /// A connection whose frames wait to be received.
    public static <F> Connection<F> connect(Endpoint endpoint, Framing<F> framing) {
        return connect(endpoint, framing, ConnectConfig.defaults(), ConnectionLimits.defaults());
    }

    /// A connection whose frames wait to be received.
    public static <F> Connection<F> connect(
            Endpoint endpoint, Framing<F> framing, ConnectConfig config, ConnectionLimits limits) {
        return FramedConnections.pulled(endpoint, framing, config, limits);
    }

    /// A connection whose frames go to `handler`.
    public static <F> Connection<F> connect(
            Endpoint endpoint,
            Framing<F> framing,
            ConnectConfig config,
            ConnectionLimits limits,
            ConnectionHandler<F> handler) {
        return FramedConnections.handled(endpoint, framing, config, limits, handler);
    }
}
