package io.hawser.benchmarks;

import io.hawser.hub.bench.HttpProtocol;
import io.hawser.hub.bench.HttpProtocol.Bodies;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadRun;
import io.hawser.hub.bench.Progress;
import io.hawser.hub.bench.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/// Requests of one kind over HTTP/1.1 with keep-alive, one after the other on each connection, every answer
/// verified.
record HttpRow(String name, Kind kind, int connections) implements PacedRow {
    private static final String HOST = "127.0.0.1";
    private static final int POST_BYTES = 64 << 10;
    private static final int WARM_UPS_OF_FILES = 4;

    /// On so few that what large bodies take of the generator's own memory stays in the cache.
    private static final int CONNECTIONS_WITH_LARGE_BODIES = 8;

    /// With as many connections as rows of that kind have.
    HttpRow(String name, Kind kind) {
        this(name, kind, kind.isLarge ? CONNECTIONS_WITH_LARGE_BODIES : EchoRow.CONNECTIONS);
    }

    /// What is asked for.
    enum Kind {
        PLAINTEXT("GET of 13 bytes of text", false),
        JSON("GET of a JSON object made for the request", false),
        POST("POST of 64 KiB that comes back", true),
        FILE("GET of a file of 1 MiB", true);

        private final String title;
        private final boolean isLarge;

        Kind(String title, boolean isLarge) {
            this.title = title;
            this.isLarge = isLarge;
        }
    }

    @Override
    public String title() {
        return "HTTP/1.1, " + kind.title + ", " + Cells.connections(connections);
    }

    @Override
    public String unit() {
        return "request";
    }

    /// Of large files there are a thousand a second where there are fifty thousand of other requests.
    @Override
    public int warmUps() {
        return kind == Kind.FILE ? WARM_UPS_OF_FILES : 1;
    }

    private Protocol protocol() {
        return switch (kind) {
            case PLAINTEXT -> HttpProtocol.get(HOST, "/plaintext", Bodies.SAME);
            case JSON -> HttpProtocol.get(HOST, "/json", Bodies.SAME);
            case POST -> HttpProtocol.echo(HOST, "/echo", POST_BYTES);
            case FILE -> HttpProtocol.get(HOST, "/files/" + HttpFiles.MIB, Bodies.SAME);
        };
    }

    @Override
    public Trial run(PeerProcess server, Duration warmup, Duration duration) throws IOException, InterruptedException {
        return run(server, OptionalLong.empty(), warmup, duration);
    }

    @Override
    public Trial runAt(long perSecond, PeerProcess server, Duration warmup, Duration duration)
            throws IOException, InterruptedException {
        return run(server, OptionalLong.of(perSecond), warmup, duration);
    }

    /// A request that is due on a connection whose last is not answered waits, and its latency runs.
    private Trial run(PeerProcess server, OptionalLong perSecond, Duration warmup, Duration duration)
            throws IOException, InterruptedException {
        var load = new LoadConfig(connections, 1, perSecond, 0, duration, warmup, 1, 1);
        return Trial.of(new LoadRun(this::protocol, server.address(), load, OptionalLong.of(server.pid()))
                .run(Progress.silent()));
    }
}
