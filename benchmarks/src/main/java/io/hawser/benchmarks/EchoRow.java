package io.hawser.benchmarks;

import io.hawser.hub.bench.HttpProtocol;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.MsgiProtocol;
import io.hawser.hub.bench.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/// One kind of load: messages of one size, so many in flight on each of some connections, sent back; or GETs.
record EchoRow(String name, int payloadBytes, int window, int connections) {
    private static final int CONNECTIONS = 64;

    static final List<EchoRow> ALL = List.of(
            new EchoRow("64B-w16", 64, 16, CONNECTIONS),
            new EchoRow("1KiB-w16", 1 << 10, 16, CONNECTIONS),
            new EchoRow("64KiB-w16", 64 << 10, 16, CONNECTIONS),
            new EchoRow("64B-w1", 64, 1, CONNECTIONS),
            new EchoRow("1KiB-w1", 1 << 10, 1, CONNECTIONS),
            new EchoRow("64KiB-w1", 64 << 10, 1, CONNECTIONS));

    /// `GET /plaintext`, one at a time on each connection. Its baseline is not that of the echoes, so it is asked for.
    static final EchoRow HTTP = new EchoRow("http-plaintext", 0, 1, CONNECTIONS);

    Protocol protocol(int port) {
        return equals(HTTP) ? new HttpProtocol("127.0.0.1:" + port, "/plaintext") : new MsgiProtocol(payloadBytes);
    }

    LoadConfig load(Duration warmup, Duration duration) {
        return new LoadConfig(connections, window, OptionalLong.empty(), payloadBytes, duration, warmup, 1, 1);
    }
}
