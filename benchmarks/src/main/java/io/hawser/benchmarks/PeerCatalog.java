package io.hawser.benchmarks;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// All families of the comparison.
final class PeerCatalog {
    static final List<String> TRANSPORTS = List.of("epoll", "io_uring", "nio");

    private final HttpFiles files;
    private final List<Family> families;

    PeerCatalog(Workbench bench) throws IOException, InterruptedException {
        files = HttpFiles.of(bench);
        families = List.of(
                MsgiPeers.of(bench),
                WebSocketPeers.of(bench),
                WebSocketPeers.deflate(bench),
                StreamPeers.of(bench),
                BroadcastPeers.of(bench, files),
                BroadcastPeers.brokers(bench, files),
                HttpPeers.of(bench, files),
                HttpPeers.http2(bench, files),
                HttpPeers.https(bench, files),
                HttpPeers.file(bench, files),
                PostPeers.of(bench),
                ClientPeers.clients(bench, files),
                ClientPeers.http2Clients(bench, files),
                ClientPeers.proxies(bench, files),
                StartPeers.of(bench, files),
                CrossCheck.family(bench, files));
    }

    HttpFiles files() {
        return files;
    }

    List<Family> families() {
        return families;
    }

    /// Every peer once, though some are in several families.
    Collection<Peer> all() {
        var all = new LinkedHashMap<String, Peer>();
        families.forEach(family -> family.peers().forEach(peer -> all.putIfAbsent(peer.name(), peer)));
        return all.values();
    }

    Optional<Peer> find(String name) {
        return all().stream().filter(peer -> peer.name().equals(name)).findFirst();
    }
}
