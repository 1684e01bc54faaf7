package io.hawser.benchmarks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.benchmarks.broadcast.BroadcastLoad;
import io.hawser.benchmarks.broadcast.BroadcastRun;
import io.hawser.benchmarks.broadcast.Dialect;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class BroadcastRunTest {
    private static final long PID = ProcessHandle.current().pid();
    private static final Duration SHORT = Duration.ofMillis(200);

    /// Sends every text to all.
    private static final class ToAll implements SessionHandler {
        private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

        @Override
        public void opened(Session session) {
            sessions.add(session);
        }

        @Override
        public void message(Session from, Message message) {
            sessions.forEach(each -> each.offer(message));
        }
    }

    /// Sends nothing for a time, and then all of it late.
    private static final class Late implements SessionHandler {
        private final ToAll toAll = new ToAll();
        private final List<Message> kept = new ArrayList<>();
        private volatile boolean isKeeping;

        @Override
        public void opened(Session session) {
            toAll.opened(session);
        }

        @Override
        public void message(Session from, Message message) {
            kept.add(message.keep());
            if (isKeeping) return;
            kept.forEach(each -> toAll.message(from, each));
            kept.clear();
        }
    }

    private static HttpServer serve(HttpHandler handler) {
        return HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), handler);
    }

    private static HttpServer serve(SessionHandler handler) {
        return serve(request -> WebSockets.accept(request, WebSocketConfig.defaults(), handler));
    }

    private static BroadcastRun connect(HttpServer server, BroadcastLoad load) throws IOException {
        var address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.endpoint().port());
        return BroadcastRun.connect(Dialect.PLAIN, address, PID, load);
    }

    @Test
    void everySubscriberGetsEveryMessage() throws Exception {
        try (var server = serve(new ToAll());
                var run = connect(server, new BroadcastLoad(50, 4, 128))) {
            var report = run.run(Duration.ZERO, SHORT);

            assertThat(report.faults()).isEmpty();
            assertThat(report.deliveries()).isGreaterThanOrEqualTo(50);
            assertThat(report.latency().getTotalCount()).isEqualTo(report.deliveries());
            assertThat(report.latency().getMaxValue()).isPositive();
        }
    }

    @Test
    void whoDoesNotReadIsNoLongerReadAndTheOthersGetEverything() throws Exception {
        try (var server = serve(new ToAll());
                var run = connect(server, new BroadcastLoad(20, 4, 128))) {
            assertThat(run.run(Duration.ZERO, SHORT).faults()).isEmpty();
            try (var reader = run.stall()) {
                assertThat(reader.isHeldBack()).isTrue();
                var beside = run.run(Duration.ZERO, SHORT);

                assertThat(beside.faults()).isEmpty();
                assertThat(beside.deliveries()).isGreaterThanOrEqualTo(20);
                assertThat(beside.latency().getTotalCount()).isEqualTo(beside.deliveries());
            }
            assertThat(run.run(Duration.ZERO, SHORT).faults()).isEmpty();
        }
    }

    @Test
    void whatWasNotDeliveredInOneRunIsToldInThatRunAlone() throws Exception {
        var late = new Late();
        try (var server = serve(late);
                var run = connect(server, new BroadcastLoad(20, 4, 128))) {
            assertThat(run.run(Duration.ZERO, SHORT).faults()).isEmpty();
            late.isKeeping = true;
            assertThat(run.run(Duration.ZERO, SHORT).faults()).isEqualTo(Map.of("not delivered", 80L));
            late.isKeeping = false;
            var after = run.run(Duration.ZERO, SHORT);

            assertThat(after.faults()).isEmpty();
            assertThat(after.deliveries()).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void aHandshakeThatIsRefusedIsTold() {
        try (var server = serve(request -> Response.text(Status.FORBIDDEN, "no"))) {
            assertThatThrownBy(() -> connect(server, new BroadcastLoad(1, 1, 128)))
                    .hasMessage("handshake refused");
        }
    }
}
