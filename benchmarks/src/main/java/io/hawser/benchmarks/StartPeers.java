package io.hawser.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// HTTP servers, started again and again.
final class StartPeers {
    private StartPeers() {}

    static Family of(Workbench bench, HttpFiles files) {
        var peers = new ArrayList<>(Stream.of(
                        "netty-http-epoll",
                        "vertx-http",
                        "jetty",
                        "undertow",
                        "helidon",
                        "armeria",
                        "reactor-netty",
                        "microhttp",
                        "jdk-http")
                .map(name -> HttpPeers.plain(bench, files, name))
                .toList());
        peers.add(HawserPeers.serve(bench, "hawser-serve", "Hawser hub, all of it, as it is without a configuration"));
        return Family.ofAll("start", peers, List.of(new StartRow("start")));
    }
}
