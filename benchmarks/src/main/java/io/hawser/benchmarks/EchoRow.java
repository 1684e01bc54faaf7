package io.hawser.benchmarks;

import io.hawser.hub.bench.HttpProtocol;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadRun;
import io.hawser.hub.bench.MsgiProtocol;
import io.hawser.hub.bench.Progress;
import io.hawser.hub.bench.Protocol;
import io.hawser.hub.bench.WebSocketProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/// One kind of load: messages of one size, so many in flight on each of some connections, sent back.
record EchoRow(String name, Kind kind, int payloadBytes, int window, int connections) implements LoadRow {
    /// What the messages travel in.
    enum Kind {
        MSGI,
        /// Binary messages to the path /echo.
        WEBSOCKET,
        /// The same, each compressed by itself.
        WEBSOCKET_DEFLATE,
        /// GETs of the path /plaintext.
        HTTP
    }

    /// Of every row that does not say otherwise.
    static final int CONNECTIONS = 64;

    /// What a client says that has messages of that size echoed.
    static Protocol protocol(Kind kind, int payloadBytes) {
        return switch (kind) {
            case MSGI -> new MsgiProtocol(payloadBytes);
            case WEBSOCKET -> new WebSocketProtocol("127.0.0.1", "/echo", payloadBytes);
            case WEBSOCKET_DEFLATE -> new DeflatedEcho("127.0.0.1", "/echo", payloadBytes);
            case HTTP -> new HttpProtocol("127.0.0.1", "/plaintext");
        };
    }

    @Override
    public String title() {
        var what = switch (kind) {
            case HTTP -> "HTTP plaintext, ";
            case MSGI -> "MSGI echo, " + MarkdownReport.size(payloadBytes) + ", ";
            case WEBSOCKET -> "WebSocket echo, " + MarkdownReport.size(payloadBytes) + ", ";
            case WEBSOCKET_DEFLATE ->
                "WebSocket echo with permessage-deflate, " + MarkdownReport.size(payloadBytes) + ", ";
        };
        return what + window + " in flight on each of " + connections + " connections";
    }

    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        var load = new LoadConfig(connections, window, OptionalLong.empty(), payloadBytes, duration, warmup, 1, 1);
        return Trial.of(
                new LoadRun(() -> protocol(kind, payloadBytes), server.address(), load, OptionalLong.of(server.pid()))
                        .run(Progress.silent()));
    }
}
