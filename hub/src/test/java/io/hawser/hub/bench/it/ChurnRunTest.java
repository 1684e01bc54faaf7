package io.hawser.hub.bench.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.bench.ChurnRun;
import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadReport;
import io.hawser.hub.bench.MsgiProtocol;
import io.hawser.hub.bench.Progress;
import io.hawser.hub.bench.ReportText;
import io.hawser.hub.bench.WebSocketFarewell;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ChurnRunTest {
    private static final LoadConfig LOAD =
            new LoadConfig(4, 1, OptionalLong.empty(), 64, Duration.ofMillis(300), Duration.ZERO, 1, 1);

    private static LoadReport churn(InetSocketAddress server) throws Exception {
        return new ChurnRun(new MsgiProtocol(64), server, LOAD, OptionalLong.empty()).run(Progress.silent());
    }

    @Test
    void connectionsAreOpenedAnsweredAndClosedOneAfterTheOther() throws Exception {
        try (var server = EchoServer.ofBytes()) {
            var report = churn(server.address());

            assertThat(report.faults()).isEmpty();
            assertThat(report.messages()).isGreaterThan(LOAD.connections());
            assertThat(report.latency().maxNanos()).isPositive();
            assertThat(ReportText.churn(report)).contains("4 at a time", "errors      none");
        }
    }

    @Test
    void aServerThatAnswersWronglyIsTold() throws Exception {
        try (var server = EchoServer.start((in, out) -> out.write(new byte[in.readNBytes(74).length]))) {
            var report = churn(server.address());

            assertThat(report.messages()).isZero();
            assertThat(report.faults()).containsKey("not an MSGI frame");
        }
    }

    @Test
    void aWebSocketIsClosedByItsHandshake() throws Exception {
        var granted = "HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        var farewell = new WebSocketFarewell("localhost", "/echo");
        int head = farewell.greeting().remaining();
        try (var server = EchoServer.start((in, out) -> {
            if (in.readNBytes(head).length < head) return;
            out.write(granted);
            byte[] close = in.readNBytes(8);
            if (close.length < 8) return;
            out.write(new byte[] {close[0], 2, (byte) (close[6] ^ close[2]), (byte) (close[7] ^ close[3])});
        })) {
            var report = new ChurnRun(farewell, server.address(), LOAD, OptionalLong.empty()).run(Progress.silent());

            assertThat(report.faults()).isEmpty();
            assertThat(report.messages()).isPositive();
        }
    }
}
