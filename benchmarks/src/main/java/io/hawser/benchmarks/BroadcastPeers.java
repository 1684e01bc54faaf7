package io.hawser.benchmarks;

import io.hawser.benchmarks.broadcast.BroadcastLoad;
import io.hawser.benchmarks.broadcast.Dialect;
import java.util.ArrayList;
import java.util.List;

/// A text that one client sends, brought to all.
///
/// Each server does it as its own documentation advises: a channel group of Netty, the `broadcast` of
/// Java-WebSocket, a room of netty-socketio, a loop over the sockets elsewhere. Hawser's hub is asked for a
/// broadcast by a client that speaks its protocol, as any user would; with `-topic` the subscribers do,
/// too, and are in a live topic.
final class BroadcastPeers {
    private static final int PAYLOAD_BYTES = 128;
    private static final int WINDOW = 16;
    private static final String SOCKET_IO = "netty-socketio";
    private static final String TOPIC = "-topic";

    private BroadcastPeers() {}

    static Family of(Workbench bench) throws InterruptedException {
        var peers = new ArrayList<Peer>();
        for (var transport : PeerCatalog.TRANSPORTS) {
            var about = "Netty, a channel group of WebSockets, " + transport;
            peers.add(
                    bench.peer("netty-group-" + transport, about, "NettyWebSocket", transport, "--mode", "broadcast"));
        }
        peers.add(bench.peer(SOCKET_IO, "netty-socketio, a room", "SocketIo", "epoll"));
        peers.addAll(WebSocketPeers.others(bench));
        for (var peer : HawserPeers.of(bench)) {
            peers.add(peer);
            peers.add(new Peer(
                    peer.name() + TOPIC, peer.about() + ", a live topic", peer.command(), true, peer.missing()));
        }
        var rows = List.of(
                row("broadcast-1000", 1_000, WINDOW, false),
                row("broadcast-10000", 10_000, WINDOW, false),
                row("broadcast-1000-w1", 1_000, 1, false),
                row("broadcast-1000-stalled", 1_000, 1, true));
        var contestants = List.of(
                "netty-group-epoll",
                "java-websocket",
                SOCKET_IO,
                "vertx-ws",
                "node-ws",
                "hawser-epoll",
                "hawser-epoll" + TOPIC);
        return new Family("broadcast", peers, rows, contestants);
    }

    private static Row row(String name, int subscribers, int window, boolean isStalled) {
        return new BroadcastRow(name, new BroadcastLoad(subscribers, window, PAYLOAD_BYTES, isStalled));
    }

    /// What clients of `peer` say.
    static Dialect dialect(Peer peer) {
        if (peer.name().equals(SOCKET_IO)) return Dialect.SOCKET_IO;
        if (!peer.name().startsWith("hawser-")) return Dialect.PLAIN;
        return peer.name().endsWith(TOPIC) ? Dialect.HUB_TOPIC : Dialect.HUB;
    }
}
