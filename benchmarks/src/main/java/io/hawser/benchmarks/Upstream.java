package io.hawser.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An nginx that clients and proxies under test talk to, on the core of the load; started when it is first
/// needed, and ended with this process.
final class Upstream {
    private final Peer nginx;
    private final List<String> pinning;
    private Optional<PeerProcess> process = Optional.empty();

    Upstream(Peer nginx, List<String> pinning) {
        this.nginx = nginx;
        this.pinning = List.copyOf(pinning);
    }

    synchronized PeerProcess running() throws IOException, InterruptedException {
        if (process.isPresent()) return process.get();
        if (!nginx.runs()) throw new IOException(nginx.missing());
        var started = PeerProcess.start(nginx, pinning);
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        process = Optional.of(started);
        return started;
    }
}
