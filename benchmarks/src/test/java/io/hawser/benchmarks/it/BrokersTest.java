package io.hawser.benchmarks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.benchmarks.broadcast.BroadcastLoad;
import io.hawser.benchmarks.broadcast.BroadcastRun;
import io.hawser.benchmarks.broadcast.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Brokers bring every message to every subscriber, in order.
final class BrokersTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static boolean has(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void load(Dialect dialect, String name, String... options) throws Exception {
        try (var peer = PeerJvm.start(name, options)) {
            for (var load :
                    new BroadcastLoad[] {new BroadcastLoad(20, 16, 128), new BroadcastLoad(20, 16, 128).at(200)}) {
                try (var run = BroadcastRun.connect(dialect, peer.address(), peer.pid(), load)) {
                    var report = run.run(SHORT, SHORT);

                    assertThat(report.faults()).isEmpty();
                    assertThat(report.deliveries()).isGreaterThanOrEqualTo(20);
                    assertThat(report.latency().getTotalCount()).isGreaterThanOrEqualTo(20);
                }
            }
        }
    }

    @Test
    void springsBrokerDoes() throws Exception {
        load(Dialect.STOMP, "StompBroker");
    }

    @Test
    void natsDoes() throws Exception {
        assumeTrue(has("nats-server"), "no nats-server on the path");
        load(Dialect.NATS, "OutsideServer", "--mode", "nats");
    }

    @Test
    void redisDoes() throws Exception {
        assumeTrue(has("redis-server"), "no redis-server on the path");
        load(Dialect.REDIS, "OutsideServer", "--mode", "redis");
    }
}
