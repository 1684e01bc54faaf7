package io.hawser.benchmarks;

import io.hawser.hub.bench.HttpProtocol;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.MsgiProtocol;
import io.hawser.hub.bench.Protocol;
import io.hawser.hub.bench.WebSocketProtocol;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/// One kind of load: messages of one size, so many in flight on each of some connections, sent back.
record EchoRow(String name, Kind kind, int payloadBytes, int window, int connections) {
    /// What the messages travel in.
    enum Kind {
        MSGI,
        /// Binary messages to the path /echo.
        WEBSOCKET,
        /// GETs of the path /plaintext.
        HTTP
    }

    private static final int CONNECTIONS = 64;

    static final List<EchoRow> ALL = List.of(
            new EchoRow("64B-w16", Kind.MSGI, 64, 16, CONNECTIONS),
            new EchoRow("1KiB-w16", Kind.MSGI, 1 << 10, 16, CONNECTIONS),
            new EchoRow("64KiB-w16", Kind.MSGI, 64 << 10, 16, CONNECTIONS),
            new EchoRow("64B-w1", Kind.MSGI, 64, 1, CONNECTIONS),
            new EchoRow("1KiB-w1", Kind.MSGI, 1 << 10, 1, CONNECTIONS),
            new EchoRow("64KiB-w1", Kind.MSGI, 64 << 10, 1, CONNECTIONS),
            new EchoRow("ws-64B-w16", Kind.WEBSOCKET, 64, 16, CONNECTIONS),
            new EchoRow("ws-64B-w1", Kind.WEBSOCKET, 64, 1, CONNECTIONS),
            new EchoRow("ws-4KiB-w16", Kind.WEBSOCKET, 4 << 10, 16, CONNECTIONS),
            new EchoRow("http-plaintext", Kind.HTTP, 0, 1, CONNECTIONS));

    Protocol protocol() {
        return protocol(kind, payloadBytes);
    }

    /// What a client says that has messages of that size echoed.
    static Protocol protocol(Kind kind, int payloadBytes) {
        return switch (kind) {
            case MSGI -> new MsgiProtocol(payloadBytes);
            case WEBSOCKET -> new WebSocketProtocol("127.0.0.1", "/echo", payloadBytes);
            case HTTP -> new HttpProtocol("127.0.0.1", "/plaintext");
        };
    }

    LoadConfig load(Duration warmup, Duration duration) {
        return new LoadConfig(connections, window, OptionalLong.empty(), payloadBytes, duration, warmup, 1, 1);
    }
}
