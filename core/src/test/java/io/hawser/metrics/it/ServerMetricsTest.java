package io.hawser.metrics.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Tls;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.IoConfig;
import io.hawser.io.IoThreads;
import io.hawser.metrics.IoMetrics;
import io.hawser.metrics.ServerMetrics;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.Connection;
import io.hawser.tcp.Framing;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protocol;
import io.hawser.tcp.ServerStats;
import io.hawser.tcp.ServerStats.Handshakes;
import io.hawser.tcp.ShedCause;
import io.hawser.tcp.TcpClient;
import io.hawser.tcp.TcpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ServerMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private static ServerStats accepted(long connections) {
        return new ServerStats(
                0, connections, 0, new Handshakes(0, 0, Duration.ZERO), List.of(), new EnumMap<>(ShedCause.class));
    }

    private static TcpServer echo(ListenConfig listen, IoThreads io) {
        Protocol lines = Protocol.framed(
                Framing.lines(100), ConnectionLimits.defaults(), (connection, line) -> connection.send(line));
        return TcpServer.start(listen, List.of(lines), io);
    }

    @Test
    void whatConnectionsCarryIsCountedWhileTheyLiveAndAfterwards() throws IOException {
        try (IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(2));
                TcpServer server = echo(ListenConfig.on("127.0.0.1:0"), io)) {
            ServerMetrics.of(server::stats).bindTo(registry);
            for (int i = 0; i < 3; i++) {
                try (Socket socket =
                        new Socket(server.endpoint().host(), server.endpoint().port())) {
                    socket.setSoTimeout(30_000);
                    socket.getOutputStream().write("one\ntwo\n".getBytes(UTF_8));
                    assertThat(socket.getInputStream().readNBytes(8))
                            .asString(UTF_8)
                            .isEqualTo("one\ntwo\n");
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> gauge("hawser.connections", "protocol", "tcp") == 1);
                }
                await().atMost(Duration.ofSeconds(30)).until(() -> gauge("hawser.connections", "protocol", "tcp") == 0);
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(count("hawser.messages.received", "protocol", "tcp")).isEqualTo(6);
                assertThat(count("hawser.messages.sent", "protocol", "tcp")).isEqualTo(6);
                assertThat(count("hawser.received", "protocol", "tcp")).isEqualTo(24);
                assertThat(count("hawser.sent", "protocol", "tcp")).isEqualTo(24);
                assertThat(count("hawser.connections.ended", "cause", "normal")).isEqualTo(3);
            });
            assertThat(count("hawser.connections.accepted")).isEqualTo(3);
            assertThat(gauge("hawser.queued", "protocol", "tcp")).isZero();
        }
    }

    @Test
    void refusalsAreCountedOfTheWholePortAndOfOneProtocol() throws IOException {
        ListenConfig one = ListenConfig.on("127.0.0.1:0").withMaxConnections("tcp", 1);
        try (IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(1));
                TcpServer server = echo(one, io)) {
            ServerMetrics.of(server::stats).bindTo(registry);
            try (Socket first =
                    new Socket(server.endpoint().host(), server.endpoint().port())) {
                first.setSoTimeout(30_000);
                first.getOutputStream().write("x\n".getBytes(UTF_8));
                assertThat(first.getInputStream().read()).isEqualTo('x');
                try (Socket second =
                        new Socket(server.endpoint().host(), server.endpoint().port())) {
                    second.setSoTimeout(30_000);
                    assertThat(second.getInputStream().read()).isEqualTo(-1);
                }
                assertThat(count("hawser.connections.refused")).isEqualTo(1);
                server.limits(10, Map.of("tcp", 2));
                try (Socket third =
                        new Socket(server.endpoint().host(), server.endpoint().port())) {
                    third.setSoTimeout(30_000);
                    third.getOutputStream().write("y\n".getBytes(UTF_8));
                    assertThat(third.getInputStream().read()).isEqualTo('y');
                }
            }
        }
    }

    @Test
    void handshakesAreCountedAndTimed() throws IOException {
        Tls tls = Tls.selfSigned();
        try (IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(1));
                TcpServer server = echo(ListenConfig.on("127.0.0.1:0").withTls(tls), io)) {
            ServerMetrics.of(server::stats).bindTo(registry);
            ConnectConfig trusting =
                    ConnectConfig.defaults().withTls(Tls.client().withTrustPem(tls.certificatePem()));
            try (Connection<String> connection =
                    TcpClient.connect(server.endpoint(), Framing.lines(100), trusting, ConnectionLimits.defaults())) {
                connection.send("x");
                assertThat(connection.receive()).isEqualTo("x");
            }
            try (Socket plain =
                    new Socket(server.endpoint().host(), server.endpoint().port())) {
                plain.setSoTimeout(30_000);
                plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
                plain.getInputStream().readAllBytes();
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> count("hawser.tls.handshakes.failed") == 1);
            assertThat(registry.get("hawser.tls.handshakes").functionTimer().count())
                    .isEqualTo(1);
            assertThat(server.stats().handshakes().time()).isPositive();
        }
    }

    @Test
    void whatIsReadIsNotCollected() {
        AtomicLong accepted = new AtomicLong();
        ServerMetrics.of(() -> accepted(accepted.get())).bindTo(registry);
        System.gc();
        accepted.set(2);
        assertThat(count("hawser.connections.accepted")).isEqualTo(2);
    }

    @Test
    void loopsTasksAndBuffersHaveTheirFigures() {
        try (IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(2).withName("measured"))) {
            IoMetrics.of(io).bindTo(registry);
            io.post(() -> {});
            await().atMost(Duration.ofSeconds(30)).until(() -> count("hawser.tasks.completed") == 1);
            assertThat(count("hawser.io.executed", "loop", "measured-1")).isPositive();
            assertThat(count("hawser.io.busy", "loop", "measured-0")).isPositive();
            assertThat(gauge("hawser.buffers.direct")).isNotNegative();
        }
    }
}
