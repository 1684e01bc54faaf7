package io.hawser.benchmarks;

import io.hawser.benchmarks.broadcast.BroadcastLoad;
import io.hawser.benchmarks.broadcast.Dialect;
import java.util.ArrayList;
import java.util.List;

/// A text that one client sends, brought to all; and the same through brokers, to those who subscribed.
///
/// Each server does it as its own documentation advises: a channel group of Netty, the `broadcast` of
/// Java-WebSocket, a room of netty-socketio, a topic of Spring's broker, a subject of NATS, a channel of Redis,
/// a loop over the sockets elsewhere. Hawser's hub is asked for a broadcast by a client that speaks its
/// protocol, as any user would; with `-topic` the subscribers do, too, and are in a live topic, with `-log` in
/// one whose history is kept.
final class BroadcastPeers {
    private static final int PAYLOAD_BYTES = 128;
    private static final int WINDOW = 16;
    private static final String SOCKET_IO = "netty-socketio";
    private static final String STOMP = "spring-stomp";
    private static final String NATS = "nats";
    private static final String REDIS = "redis";
    private static final String HAWSER = "hawser-epoll";
    private static final String TOPIC = "-topic";
    private static final String LOG = "-log";

    private BroadcastPeers() {}

    static Family of(Workbench bench, HttpFiles files) throws InterruptedException {
        var peers = new ArrayList<Peer>();
        for (var transport : PeerCatalog.TRANSPORTS) {
            var about = "Netty, a channel group of WebSockets, " + transport;
            peers.add(
                    bench.peer("netty-group-" + transport, about, "NettyWebSocket", transport, "--mode", "broadcast"));
        }
        peers.add(bench.peer(SOCKET_IO, "netty-socketio, a room", "SocketIo", "epoll"));
        peers.add(stomp(bench));
        peers.addAll(WebSocketPeers.others(bench));
        peers.addAll(HawserPeers.of(bench));
        peers.add(hub(bench, files, HAWSER + TOPIC, "a live topic"));
        var thousand = row("broadcast-1000", 1_000, WINDOW);
        var tenThousand = row("broadcast-10000", 10_000, WINDOW);
        var rows = List.<Row>of(
                thousand,
                tenThousand,
                row("broadcast-1000-w1", 1_000, 1),
                new StallRow("broadcast-1000-stalled", thousand),
                new StallRow("broadcast-10000-stalled", tenThousand));
        var contestants = List.of(
                "netty-group-epoll", "java-websocket", SOCKET_IO, STOMP, "vertx-ws", "node-ws", HAWSER, HAWSER + TOPIC);
        return new Family("broadcast", peers, rows, contestants);
    }

    /// Brokers, which bring a message to those who subscribed; on their own protocols.
    static Family brokers(Workbench bench, HttpFiles files) throws InterruptedException {
        var peers = List.of(
                OutsidePeer.of(bench, NATS, "nats-server", "nats"),
                OutsidePeer.of(bench, REDIS, "redis-server", "redis"),
                stomp(bench),
                hub(bench, files, HAWSER + TOPIC, "a live topic"),
                hub(bench, files, HAWSER + LOG, "a topic with its history in memory"));
        var many = published("pubsub-1000", 1_000, WINDOW);
        var rows = List.<Row>of(
                published("pubsub-100", 100, WINDOW),
                many,
                published("pubsub-1000-w1", 1_000, 1),
                new LatencyRow("pubsub-1000-at50", many, 50),
                new LatencyRow("pubsub-1000-at80", many, 80));
        return Family.ofAll("pubsub", peers, rows);
    }

    private static Peer stomp(Workbench bench) {
        return bench.peer(STOMP, "Spring's simple broker, STOMP over WebSocket, Tomcat", "StompBroker", "nio");
    }

    private static Peer hub(Workbench bench, HttpFiles files, String name, String about) {
        return HawserPeers.serve(
                bench,
                name,
                "Hawser hub, " + about + ", epoll",
                "--transport",
                "epoll",
                "--config",
                files.topicConfig().toString());
    }

    private static BroadcastRow row(String name, int subscribers, int window) {
        return new BroadcastRow(name, "Broadcast", new BroadcastLoad(subscribers, window, PAYLOAD_BYTES));
    }

    private static BroadcastRow published(String name, int subscribers, int window) {
        return new BroadcastRow(
                name, "Publish to delivery, a message", new BroadcastLoad(subscribers, window, PAYLOAD_BYTES));
    }

    /// What clients of `peer` say.
    static Dialect dialect(Peer peer) {
        return switch (peer.name()) {
            case SOCKET_IO -> Dialect.SOCKET_IO;
            case STOMP -> Dialect.STOMP;
            case NATS -> Dialect.NATS;
            case REDIS -> Dialect.REDIS;
            case HAWSER + TOPIC -> Dialect.hubTopic(HttpFiles.LIVE + "room");
            case HAWSER + LOG -> Dialect.hubTopic("log.room");
            default -> peer.name().startsWith("hawser-") ? Dialect.HUB : Dialect.PLAIN;
        };
    }
}
