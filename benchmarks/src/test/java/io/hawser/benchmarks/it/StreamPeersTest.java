package io.hawser.benchmarks.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.benchmarks.stream.GrpcStream;
import io.hawser.benchmarks.stream.RSocketChannel;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadRun;
import io.hawser.hub.bench.Progress;
import io.hawser.hub.bench.Protocol;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Servers that are not ours understand what the load generator says, and all of it comes back.
final class StreamPeersTest {
    private static final int PAYLOAD_BYTES = 1024;

    private static final int RUNS = 20;

    /// Again until answers come while they are counted: a server that has just started may take long for its
    /// first.
    private static void load(PeerJvm peer, Supplier<Protocol> protocol) throws Exception {
        var load =
                new LoadConfig(4, 16, OptionalLong.empty(), PAYLOAD_BYTES, Duration.ofMillis(500), Duration.ZERO, 1, 1);
        long messages = 0;
        for (int run = 0; run < RUNS && messages == 0; run++) {
            var report =
                    new LoadRun(protocol, peer.address(), load, OptionalLong.of(peer.pid())).run(Progress.silent());
            assertThat(report.faults()).isEmpty();
            messages = report.messages();
        }
        assertThat(messages).isPositive();
    }

    @Test
    void grpcSendsEveryMessageOfAStreamBack() throws Exception {
        try (var peer = PeerJvm.start("GrpcEcho")) {
            load(peer, () -> new GrpcStream(PAYLOAD_BYTES));
        }
    }

    @Test
    void rsocketSendsEveryPayloadOfAChannelBack() throws Exception {
        try (var peer = PeerJvm.start("RSocketEcho")) {
            load(peer, () -> new RSocketChannel(PAYLOAD_BYTES));
        }
    }
}
