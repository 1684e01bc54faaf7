package io.hawser.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Echo of MSGI frames over TCP.
final class MsgiPeers {
    private static final int BATCH = 16;

    private MsgiPeers() {}

    static Family of(Workbench bench) throws IOException, InterruptedException {
        var peers = new ArrayList<Peer>();
        for (var transport : PeerCatalog.TRANSPORTS) {
            peers.add(bench.peer("netty-" + transport, "Netty, frame decoder, " + transport, "NettyEcho", transport));
        }
        peers.add(AsioBuild.peer(bench.home(), bench.loops()));
        peers.add(bench.peer("vertx", "Vert.x net server, record parser", "VertxEcho", "epoll"));
        peers.add(bench.peer("jdk-virtual", "JDK sockets, virtual threads", "JdkVirtualThreads", "nio"));
        peers.addAll(HawserPeers.of(bench));
        var message = echo("1KiB-w16", 1 << 10, 16, EchoRow.CONNECTIONS);
        var rows = List.<Row>of(
                echo("64B-w16", 64, 16, EchoRow.CONNECTIONS),
                message,
                echo("64KiB-w16", 64 << 10, 16, EchoRow.CONNECTIONS),
                echo("64B-w1", 64, 1, EchoRow.CONNECTIONS),
                echo("1KiB-w1", 1 << 10, 1, EchoRow.CONNECTIONS),
                echo("64KiB-w1", 64 << 10, 1, EchoRow.CONNECTIONS),
                batches("64B-b16", 64),
                batches("1KiB-b16", 1 << 10),
                echo("1KiB-w16-c1", 1 << 10, 16, 1),
                echo("1KiB-w1-c10000", 1 << 10, 1, 10_000),
                new LatencyRow("1KiB-at50", message, 50),
                new LatencyRow("1KiB-at80", message, 80),
                new RateRow("1KiB-100k", message, 100_000),
                new ChurnRow("connect", EchoRow.Kind.MSGI, EchoRow.CONNECTIONS),
                new IdleRow("idle", EchoRow.Kind.MSGI));
        var contestants = List.of(
                "netty-epoll",
                "netty-io_uring",
                "netty-nio",
                "asio",
                "vertx",
                "jdk-virtual",
                "hawser-epoll",
                "hawser-io_uring",
                "hawser-epoll-virtual");
        return new Family("msgi", peers, rows, contestants);
    }

    private static EchoRow echo(String name, int payloadBytes, int window, int connections) {
        return new EchoRow(name, EchoRow.Kind.MSGI, payloadBytes, window, connections);
    }

    /// Sixteen frames in each write, and no more before all are back.
    private static EchoRow batches(String name, int payloadBytes) {
        return new EchoRow(name, EchoRow.Kind.MSGI, payloadBytes, BATCH, EchoRow.CONNECTIONS, BATCH);
    }
}
