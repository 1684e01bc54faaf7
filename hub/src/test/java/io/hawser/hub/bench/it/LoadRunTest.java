package io.hawser.hub.bench.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.bench.LoadConfig;
import io.hawser.hub.bench.LoadReport;
import io.hawser.hub.bench.LoadRun;
import io.hawser.hub.bench.MsgiProtocol;
import io.hawser.hub.bench.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadRunTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 1, 1", "4, 16, 64, 1, 1", "4, 16, 1024, 2, 16", "3, 2, 65536, 1, 1", "2, 2, 1000000, 1, 2"})
    void aClosedLoopVerifiesEveryAnswer(int connections, int window, int payload, int threads, int batch)
            throws Exception {
        try (var server = EchoServer.ofBytes()) {
            var config = new LoadConfig(
                    connections, window, OptionalLong.empty(), payload, SHORT, Duration.ZERO, threads, batch);

            var report = run(server.address(), config);

            assertThat(report.faults()).isEmpty();
            assertThat(report.connected()).isEqualTo(connections);
            assertThat(report.messages()).isPositive();
            assertThat(report.latency().maxNanos()).isPositive();
        }
    }

    @Test
    void anOpenLoopSendsAtItsRate() throws Exception {
        try (var server = EchoServer.ofBytes()) {
            var config = new LoadConfig(4, 1024, OptionalLong.of(2000), 64, SHORT, Duration.ZERO, 2, 1);

            var report = run(server.address(), config);

            assertThat(report.faults()).isEmpty();
            assertThat(report.unsent()).isZero();
            assertThat(report.messages()).isBetween(1L, 1000L);
        }
    }

    @Test
    void whatAServerDoesNotKeepUpWithIsSaid() throws Exception {
        try (var server = EchoServer.start((in, out) -> in.readNBytes(74))) {
            var config = new LoadConfig(1, 2, OptionalLong.of(1000), 64, SHORT, Duration.ZERO, 1, 1);

            var report = run(server.address(), config);

            assertThat(report.unsent()).isPositive();
            assertThat(report.clean()).isFalse();
        }
    }

    @Test
    void aChangedByteIsAnErrorAndItsConnectionEnds() throws Exception {
        try (var server = EchoServer.start((in, out) -> {
            var frame = in.readNBytes(74);
            frame[73] ^= 1;
            out.write(frame);
            in.transferTo(OutputStream.nullOutputStream());
        })) {
            var report = run(server.address(), closed());

            assertThat(report.faults())
                    .containsEntry("wrong bytes in a payload", 1L)
                    .containsEntry("in flight on a connection that failed", 16L);
            assertThat(report.messages()).isZero();
        }
    }

    @Test
    void aServerThatClosesIsAnError() throws Exception {
        try (var server = EchoServer.start((in, out) -> out.write(in.readNBytes(74 * 16)))) {
            assertThat(run(server.address(), closed()).faults()).isNotEmpty();
        }
    }

    @Test
    void aServerThatNeverAnswersIsAnError() throws Exception {
        try (var server = EchoServer.start((in, out) -> in.transferTo(OutputStream.nullOutputStream()))) {
            assertThat(run(server.address(), closed()).faults()).containsEntry("not answered", 16L);
        }
    }

    @Test
    void noServerIsAnErrorForEachConnection() throws Exception {
        InetSocketAddress nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            nobody = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        }

        var report = run(nobody, new LoadConfig(3, 1, OptionalLong.empty(), 8, SHORT, Duration.ZERO, 1, 1));

        assertThat(report.connected()).isZero();
        assertThat(report.faults()).containsExactly(Map.entry("connect: Connection refused", 3L));
    }

    private static LoadConfig closed() {
        return new LoadConfig(1, 16, OptionalLong.empty(), 64, SHORT, Duration.ZERO, 1, 1);
    }

    private static LoadReport run(InetSocketAddress address, LoadConfig config)
            throws IOException, InterruptedException {
        return new LoadRun(
                        () -> new MsgiProtocol(config.payloadBytes()),
                        address,
                        config,
                        OptionalLong.of(ProcessHandle.current().pid()))
                .run(Progress.silent());
    }
}
