package io.hawser.benchmarks;

import io.hawser.hub.bench.ChurnRun;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.Progress;
import io.hawser.hub.bench.Protocol;
import io.hawser.hub.bench.WebSocketFarewell;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/// A row of new connections: each is opened, answered once, and closed.
///
/// @param kind what they speak: a WebSocket is closed with the handshake that it has for that
record ChurnRow(String name, EchoRow.Kind kind, int connections) implements LoadRow {
    private static final int PAYLOAD_BYTES = 64;
    private static final int WARM_UPS = 4;

    @Override
    public String title() {
        var what = switch (kind) {
            case MSGI, OWN -> "New connections with one MSGI frame sent back, ";
            case WEBSOCKET -> "New WebSockets, opened and closed with their handshakes, ";
            case WEBSOCKET_DEFLATE -> "New WebSockets with one compressed message sent back, ";
            case HTTP -> "New connections with one request of HTTP, ";
        };
        return what + connections + " at a time";
    }

    @Override
    public String unit() {
        return "connection";
    }

    /// What a connection takes runs a hundred times less often than what a message takes.
    @Override
    public int warmUps() {
        return WARM_UPS;
    }

    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        var load = new LoadConfig(connections, 1, OptionalLong.empty(), PAYLOAD_BYTES, duration, warmup, 1, 1);
        return Trial.of(
                new ChurnRun(protocol(), server.address(), load, OptionalLong.of(server.pid())).run(Progress.silent()));
    }

    private Protocol protocol() {
        return kind == EchoRow.Kind.WEBSOCKET
                ? new WebSocketFarewell("127.0.0.1", "/echo")
                : EchoRow.protocol(kind, PAYLOAD_BYTES);
    }
}
