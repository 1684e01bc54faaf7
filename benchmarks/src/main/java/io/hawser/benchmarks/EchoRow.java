package io.hawser.benchmarks;

import io.hawser.hub.bench.HttpProtocol;
import io.hawser.hub.bench.HttpProtocol.Bodies;
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
///
/// @param batch how many answers a connection waits for before it sends as many again, in one write
record EchoRow(String name, Kind kind, int payloadBytes, int window, int connections, int batch) implements PacedRow {
    /// What the messages travel in.
    enum Kind {
        MSGI,
        /// Binary messages to the path /echo.
        WEBSOCKET,
        /// The same, each compressed by itself.
        WEBSOCKET_DEFLATE,
        /// GETs of the path /plaintext.
        HTTP,
        /// In what each server speaks.
        OWN
    }

    /// Of every row that does not say otherwise.
    static final int CONNECTIONS = 64;

    /// Of an open loop: enough that what finds no room is a server that does not keep up.
    private static final int ROOM = 1024;

    /// A message that is compressed costs so much that fewer of them are compiled in the same time.
    private static final int WARM_UPS_OF_DEFLATE = 2;

    EchoRow(String name, Kind kind, int payloadBytes, int window, int connections) {
        this(name, kind, payloadBytes, window, connections, 1);
    }

    /// What a client says that has messages of that size echoed.
    static Protocol protocol(Kind kind, int payloadBytes) {
        return switch (kind) {
            case MSGI, OWN -> new MsgiProtocol(payloadBytes);
            case WEBSOCKET -> new WebSocketProtocol("127.0.0.1", "/echo", payloadBytes);
            case WEBSOCKET_DEFLATE -> new DeflatedEcho("127.0.0.1", "/echo", payloadBytes);
            case HTTP -> HttpProtocol.get("127.0.0.1", "/plaintext", Bodies.SAME);
        };
    }

    @Override
    public String title() {
        var size = Cells.size(payloadBytes);
        var what = switch (kind) {
            case HTTP -> "HTTP plaintext, ";
            case MSGI -> "MSGI echo, " + size + ", ";
            case WEBSOCKET -> "WebSocket echo, " + size + ", ";
            case WEBSOCKET_DEFLATE -> "WebSocket echo with permessage-deflate, " + size + ", ";
            case OWN -> "Echo, each in its own protocol, " + size + ", ";
        };
        var inFlight = batch == 1 ? window + " in flight" : window + " in flight, sent " + batch + " at a time,";
        return what + inFlight + " on each of " + Cells.connections(connections);
    }

    @Override
    public int warmUps() {
        return kind == Kind.WEBSOCKET_DEFLATE ? WARM_UPS_OF_DEFLATE : 1;
    }

    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        return run(server, load(window, OptionalLong.empty(), warmup, duration));
    }

    @Override
    public Trial runAt(long perSecond, PeerProcess server, Duration warmup, Duration duration)
            throws IOException, InterruptedException {
        return run(server, load(ROOM, OptionalLong.of(perSecond), warmup, duration));
    }

    private LoadConfig load(int room, OptionalLong perSecond, Duration warmup, Duration duration) {
        return new LoadConfig(connections, room, perSecond, payloadBytes, duration, warmup, 1, batch);
    }

    private Trial run(PeerProcess server, LoadConfig load) throws IOException, InterruptedException {
        return Trial.of(new LoadRun(() -> spoken(server.peer()), server.address(), load, OptionalLong.of(server.pid()))
                .run(Progress.silent()));
    }

    private Protocol spoken(Peer peer) {
        return kind == Kind.OWN ? StreamPeers.protocol(peer, payloadBytes) : protocol(kind, payloadBytes);
    }
}
