package io.hawser.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// Echo of binary WebSocket messages at the path `/echo`.
final class WebSocketPeers {
    private WebSocketPeers() {}

    static Family of(Workbench bench) {
        var peers = new ArrayList<Peer>();
        for (var transport : PeerCatalog.TRANSPORTS) {
            var about = "Netty, WebSocketServerProtocolHandler, " + transport;
            peers.add(bench.peer("netty-ws-" + transport, about, "NettyWebSocketEcho", transport));
        }
        peers.add(bench.peer("vertx-ws", "Vert.x WebSocket server", "VertxWebSocketEcho", "epoll"));
        peers.add(bench.peer("java-websocket", "Java-WebSocket", "JavaWebSocketEcho", "nio"));
        peers.addAll(HawserPeers.of(bench));
        var rows = List.of(
                echo("ws-64B-w16", 64, 16),
                echo("ws-64B-w1", 64, 1),
                echo("ws-4KiB-w16", 4 << 10, 16),
                new IdleRow("ws-idle", EchoRow.Kind.WEBSOCKET));
        var contestants =
                List.of("netty-ws-epoll", "vertx-ws", "java-websocket", "hawser-epoll", "hawser-epoll-virtual");
        return new Family("websocket", peers, rows, contestants);
    }

    private static EchoRow echo(String name, int payloadBytes, int window) {
        return new EchoRow(name, EchoRow.Kind.WEBSOCKET, payloadBytes, window, EchoRow.CONNECTIONS);
    }
}
