package io.hawser.benchmarks;

import java.util.List;
import java.util.Optional;

/// Rows that the same servers can be put under, and those servers.
///
/// @param contestants the names of those that run when nobody names any; ratios are taken to the first
record Family(String name, List<Peer> peers, List<Row> rows, List<String> contestants) {

    Family {
        peers = List.copyOf(peers);
        rows = List.copyOf(rows);
        contestants = List.copyOf(contestants);
    }

    /// A family of which all run when nobody names any.
    static Family ofAll(String name, List<Peer> peers, List<Row> rows) {
        return new Family(name, peers, rows, peers.stream().map(Peer::name).toList());
    }

    Optional<Peer> find(String peer) {
        return peers.stream().filter(each -> each.name().equals(peer)).findFirst();
    }
}
