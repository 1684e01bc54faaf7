package io.hawser.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An nginx that clients and proxies under test talk to, on the core of the load; started when it is first
/// needed, and ended with this process.
final class Upstream {
    private final Peer nginx;
    private final List<String> pinning;
    private final boolean isTls;
    private Optional<PeerProcess> process = Optional.empty();

    /// @param isTls whether it speaks HTTP/2 over TLS, in place of HTTP/1.1
    Upstream(Peer nginx, List<String> pinning, boolean isTls) {
        this.nginx = nginx;
        this.pinning = List.copyOf(pinning);
        this.isTls = isTls;
    }

    /// What gives 13 bytes of text.
    String url() throws IOException, InterruptedException {
        return (isTls ? "https" : "http") + "://127.0.0.1:"
                + running().address().getPort() + "/plaintext";
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
