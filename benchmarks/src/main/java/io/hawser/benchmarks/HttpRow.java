package io.hawser.benchmarks;

import io.hawser.hub.bench.HttpProtocol;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadRun;
import io.hawser.hub.bench.Progress;
import io.hawser.hub.bench.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/// Requests of one kind over HTTP/1.1 with keep-alive, one after the other on each connection, every answer
/// verified.
record HttpRow(String name, Kind kind) implements LoadRow {
    private static final String HOST = "127.0.0.1";
    private static final int POST_BYTES = 64 << 10;

    /// What is asked for.
    enum Kind {
        PLAINTEXT("GET of 13 bytes of text"),
        JSON("GET of a JSON object made for the request"),
        POST("POST of 64 KiB that comes back"),
        FILE("GET of a file of 1 MiB");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    @Override
    public String title() {
        return "HTTP/1.1, " + kind.title + ", " + connections() + " connections";
    }

    @Override
    public String unit() {
        return "request";
    }

    /// Large bodies on so few that the generator's own memory stays in the cache.
    private int connections() {
        return switch (kind) {
            case PLAINTEXT, JSON -> EchoRow.CONNECTIONS;
            case POST, FILE -> 8;
        };
    }

    private Protocol protocol() {
        return switch (kind) {
            case PLAINTEXT -> new HttpProtocol(HOST, "/plaintext");
            case JSON -> new HttpProtocol(HOST, "/json");
            case POST -> HttpProtocol.echo(HOST, "/echo", POST_BYTES);
            case FILE -> new HttpProtocol(HOST, "/files/" + HttpFiles.MIB);
        };
    }

    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        var load = new LoadConfig(connections(), 1, OptionalLong.empty(), 0, duration, warmup, 1, 1);
        return Trial.of(new LoadRun(this::protocol, server.address(), load, OptionalLong.of(server.pid()))
                .run(Progress.silent()));
    }
}
