package io.hawser.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// WebSockets whose binary messages come back, at the path `/echo`.
final class WebSocketPeers {
    private static final String[] DEFLATE = {"--mode", "deflate"};
    private static final List<String> OTHERS =
            List.of("vertx-ws", "java-websocket", "undertow-ws", "jetty-ws", "node-ws");

    private WebSocketPeers() {}

    static Family of(Workbench bench) throws InterruptedException {
        var peers = new ArrayList<Peer>();
        for (var transport : PeerCatalog.TRANSPORTS) {
            var about = "Netty, WebSocketServerProtocolHandler, " + transport;
            peers.add(bench.peer("netty-ws-" + transport, about, "NettyWebSocket", transport));
        }
        peers.addAll(others(bench));
        peers.addAll(HawserPeers.of(bench));
        var message = echo("ws-64B-w16", 64, 16, EchoRow.CONNECTIONS);
        var rows = List.<Row>of(
                message,
                echo("ws-64B-w1", 64, 1, EchoRow.CONNECTIONS),
                echo("ws-4KiB-w16", 4 << 10, 16, EchoRow.CONNECTIONS),
                echo("ws-64B-w16-c1", 64, 16, 1),
                echo("ws-64B-w1-c10000", 64, 1, 10_000),
                new LatencyRow("ws-64B-at50", message, 50),
                new LatencyRow("ws-64B-at80", message, 80),
                new ChurnRow("ws-handshake", EchoRow.Kind.WEBSOCKET, EchoRow.CONNECTIONS),
                new IdleRow("ws-idle", EchoRow.Kind.WEBSOCKET));
        return new Family("websocket", peers, rows, contestants("netty-ws-epoll", "hawser-epoll"));
    }

    /// The same with permessage-deflate, each message compressed by itself.
    static Family deflate(Workbench bench) throws InterruptedException {
        var peers = new ArrayList<Peer>();
        for (var transport : PeerCatalog.TRANSPORTS) {
            var about = "Netty, permessage-deflate, " + transport;
            peers.add(bench.peer("netty-deflate-" + transport, about, "NettyWebSocket", transport, DEFLATE));
            about = "Hawser as a library, permessage-deflate, " + transport;
            peers.add(bench.peer("hawser-deflate-" + transport, about, "HawserWebSocket", transport));
        }
        peers.addAll(others(bench, DEFLATE));
        peers.add(NodePeer.of(bench.home(), "node-ws", "deflate"));
        var row = new EchoRow("ws-deflate", EchoRow.Kind.WEBSOCKET_DEFLATE, 4 << 10, 16, EchoRow.CONNECTIONS);
        return new Family("deflate", peers, List.of(row), contestants("netty-deflate-epoll", "hawser-deflate-epoll"));
    }

    /// Those that are neither bare Netty nor Hawser; a text they bring to all.
    static List<Peer> others(Workbench bench) throws InterruptedException {
        var peers = new ArrayList<>(others(bench, new String[0]));
        peers.add(NodePeer.of(bench.home(), "node-ws", "echo"));
        return peers;
    }

    private static List<Peer> others(Workbench bench, String[] options) {
        return List.of(
                bench.peer("vertx-ws", "Vert.x WebSocket server", "VertxWebSocket", "epoll", options),
                bench.peer("java-websocket", "Java-WebSocket", "JavaWebSocketPeer", "nio", options),
                bench.peer("undertow-ws", "Undertow", "UndertowWebSocket", "nio", options),
                bench.peer("jetty-ws", "Jetty, its own API", "JettyWebSocket", "nio", options));
    }

    private static List<String> contestants(String baseline, String hawser) {
        var contestants = new ArrayList<>(List.of(baseline));
        contestants.addAll(OTHERS);
        contestants.add(hawser);
        return contestants;
    }

    private static EchoRow echo(String name, int payloadBytes, int window, int connections) {
        return new EchoRow(name, EchoRow.Kind.WEBSOCKET, payloadBytes, window, connections);
    }
}
