package io.hawser.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.hawser.hub.bench.HttpProtocol;
import io.hawser.hub.bench.HttpProtocol.Bodies;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadRun;
import io.hawser.hub.bench.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/// Reverse proxies: GETs of a few bytes through each to one nginx, which shares the core of the load.
record ProxyRow(String name, @JsonIgnore Upstream upstream) implements LoadRow {
    /// What the upstream knows and the hub itself does not.
    static final String PATH = "/proxied";

    @Override
    public String title() {
        return "Reverse proxy to one nginx (on the core of the load), GET of 13 bytes, " + EchoRow.CONNECTIONS
                + " connections";
    }

    @Override
    public String unit() {
        return "request";
    }

    @Override
    public Trial run(PeerProcess proxy, Duration warmup, Duration duration) throws IOException, InterruptedException {
        var _ = upstream.running();
        var load = new LoadConfig(EchoRow.CONNECTIONS, 1, OptionalLong.empty(), 0, duration, warmup, 1, 1);
        return Trial.of(new LoadRun(
                        () -> HttpProtocol.get("127.0.0.1", PATH, Bodies.SAME),
                        proxy.address(),
                        load,
                        OptionalLong.of(proxy.pid()))
                .run(Progress.silent()));
    }
}
