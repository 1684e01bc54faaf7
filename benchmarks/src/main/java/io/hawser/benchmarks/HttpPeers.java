package io.hawser.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// Servers of HTTP.
final class HttpPeers {
    private HttpPeers() {}

    static Family of(Workbench bench) {
        var peers = new ArrayList<Peer>();
        for (var transport : PeerCatalog.TRANSPORTS) {
            peers.add(bench.peer("netty-http-" + transport, "Netty, HTTP codec, " + transport, "NettyHttp", transport));
        }
        peers.add(bench.peer("vertx-http", "Vert.x HTTP server", "VertxHttp", "epoll"));
        peers.addAll(HawserPeers.of(bench));
        var plaintext = new EchoRow("http-plaintext", EchoRow.Kind.HTTP, 0, 1, EchoRow.CONNECTIONS);
        var contestants = List.of("netty-http-epoll", "vertx-http", "hawser-epoll", "hawser-epoll-virtual");
        return new Family("http", peers, List.of(plaintext), contestants);
    }
}
