package io.hawser.pool;

import static io.hawser.tcp.ConnectionState.CLOSED;
import static io.hawser.tcp.ConnectionState.CONNECTED;
import static io.hawser.tcp.ConnectionState.CONNECTING;
import static io.hawser.tcp.ConnectionState.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.Reconnect;
import io.hawser.Rejected;
import io.hawser.tcp.ConnectionState;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ConnectionManagerTest {
    private static final Endpoint ENDPOINT = Endpoint.parse("192.0.2.1:7000");
    private static final Duration DAY = Duration.ofDays(1);

    private final AtomicInteger opened = new AtomicInteger();
    private final List<StringBuilder> closed = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;
    private volatile boolean broken;

    private final ConnectionFactory<StringBuilder> factory = new ConnectionFactory<>() {
        @Override
        public StringBuilder open() throws IOException {
            if (refusing) throw new IOException("refused");
            return new StringBuilder("connection " + opened.incrementAndGet());
        }

        @Override
        public boolean isUsable(StringBuilder connection) {
            return !broken;
        }

        @Override
        public void close(StringBuilder connection) {
            closed.add(connection);
        }
    };

    private ConnectionManager<StringBuilder> manager(Duration probeEvery, int maxAttempts) {
        return ConnectionManager.open(
                ManagerConfig.defaults()
                        .withProbe(probeEvery, Duration.ofSeconds(30))
                        .withReconnect(Reconnect.defaults()
                                .withPauses(Duration.ofMillis(1), Duration.ofMillis(2))
                                .withMaxAttempts(maxAttempts)),
                endpoint -> factory);
    }

    private static ConnectionStatus awaitState(Iterator<ConnectionStatus> states, ConnectionState state) {
        return Deadline.within(Duration.ofSeconds(30), () -> {
            while (true) {
                ConnectionStatus next = states.next();
                if (next.state() == state) return next;
            }
        });
    }

    @Test
    void aConnectionThatIsReportedLostIsClosedAndOpenedAnew() {
        try (ConnectionManager<StringBuilder> manager = manager(DAY, 0)) {
            ManagedConnection<StringBuilder> connection = manager.connect("billing", ENDPOINT);
            StringBuilder first = connection.await();
            Iterator<ConnectionStatus> states = manager.watch(connection).iterator();
            assertThat(states.next().state()).isEqualTo(CONNECTED);
            assertThat(connection.status().latency()).isPresent();
            connection.report(first, "it said goodbye");
            assertThat(awaitState(states, DISCONNECTED).reason()).isEqualTo("it said goodbye");
            awaitState(states, CONNECTING);
            awaitState(states, CONNECTED);
            assertThat(connection.await()).hasToString("connection 2");
            assertThat(closed).containsExactly(first);
            connection.report(first, "too late");
            assertThat(connection.connection()).isPresent();
        }
    }

    @Test
    void aProbeThatFailsMeansThatItIsLost() {
        try (ConnectionManager<StringBuilder> manager = manager(Duration.ofMillis(1), 0)) {
            ManagedConnection<StringBuilder> connection = manager.connect("billing", ENDPOINT);
            connection.await();
            Iterator<ConnectionStatus> states = manager.watch(connection).iterator();
            broken = true;
            assertThat(awaitState(states, DISCONNECTED).reason()).isEqualTo("the probe found it unusable");
            broken = false;
            awaitState(states, CONNECTED);
        }
        assertThat(closed).hasSize(opened.get());
    }

    @Test
    void afterTheLastAttemptItIsClosedAndSaysWhy() {
        refusing = true;
        try (ConnectionManager<StringBuilder> manager = manager(DAY, 3)) {
            ManagedConnection<StringBuilder> connection = manager.connect("billing", ENDPOINT);
            assertThatThrownBy(() -> Deadline.within(Duration.ofSeconds(30), connection::await))
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("gave up after 3 attempts: refused");
            assertThat(manager.find("billing")).isEmpty();
            Watch watch = manager.watch(connection);
            assertThat(watch).extracting(ConnectionStatus::state).containsExactly(CLOSED);
        }
    }

    @Test
    void whoeverWaitsStopsAtTheDeadline() {
        refusing = true;
        try (ConnectionManager<StringBuilder> manager = manager(DAY, 0)) {
            ManagedConnection<StringBuilder> connection = manager.connect("billing", ENDPOINT);
            assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(20), connection::await))
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageContaining("connection billing");
        }
    }

    @Test
    void listenersHearOfAllConnections() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (ConnectionManager<StringBuilder> manager = manager(DAY, 0)) {
            manager.listen((connection, status) -> heard.add(connection.name() + " " + status.state()));
            manager.listen((connection, status) -> {
                throw new IllegalStateException("a listener that fails");
            });
            manager.connect("a", ENDPOINT).await();
            ManagedConnection<StringBuilder> b = manager.connect("b", ENDPOINT);
            b.await();
            b.close();
            assertThat(manager.connections()).hasSize(1);
        }
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "a CONNECTING", "a CONNECTED", "a CLOSED", "b CONNECTING", "b CONNECTED", "b CLOSED");
        assertThat(closed).hasSize(2);
    }

    @Test
    void aNameIsTakenUntilItsConnectionIsClosed() {
        ConnectionManager<StringBuilder> manager = manager(DAY, 0);
        ManagedConnection<StringBuilder> first = manager.connect("a", ENDPOINT);
        assertThatThrownBy(() -> manager.connect("a", ENDPOINT)).isInstanceOf(IllegalArgumentException.class);
        first.close();
        manager.connect("a", ENDPOINT).await();
        manager.close();
        assertThatThrownBy(() -> manager.connect("b", ENDPOINT)).isInstanceOf(Rejected.class);
    }

    @Test
    void aWatchThatNobodyReadsDropsTheOldestAndCountsThem() {
        ConnectionManager<StringBuilder> manager = ConnectionManager.open(
                ManagerConfig.defaults().withMaxUnread(2).withProbe(DAY, Duration.ofSeconds(30)), endpoint -> factory);
        ManagedConnection<StringBuilder> connection = manager.connect("a", ENDPOINT);
        Watch watch = manager.watch(connection);
        connection.await();
        manager.close();
        assertThat(watch).extracting(ConnectionStatus::state).endsWith(CLOSED).hasSizeLessThanOrEqualTo(2);
        assertThat(watch.dropped()).isLessThanOrEqualTo(2);
    }

    @Test
    void aServerThatAcceptsAndFailsTheFirstProbeIsAFailureEachTime() {
        broken = true;
        try (ConnectionManager<StringBuilder> manager = manager(DAY, 3)) {
            ManagedConnection<StringBuilder> connection = manager.connect("billing", ENDPOINT);
            assertThatThrownBy(() -> Deadline.within(Duration.ofSeconds(30), connection::await))
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("gave up after 3 attempts: the probe found it unusable");
            assertThat(connection.status().failures()).isEqualTo(3);
        }
        assertThat(opened).hasValue(3);
        assertThat(closed).hasSize(3);
    }

    @Test
    void aProbeThatAnswersTooLateMeansThatItIsLostAndAnErrorWithoutMessageIsNamed() {
        ConnectionFactory<String> late = new ConnectionFactory<>() {
            @Override
            public String open() {
                if (opened.incrementAndGet() == 2) throw new NoClassDefFoundError();
                return "connection";
            }

            @Override
            public boolean isUsable(String connection) {
                while (!Deadline.current().hasPassed()) Thread.onSpinWait();
                return true;
            }
        };
        ManagerConfig config = ManagerConfig.defaults()
                .withProbe(DAY, Duration.ofMillis(1))
                .withReconnect(Reconnect.defaults()
                        .withPauses(Duration.ofMillis(1), Duration.ofMillis(2))
                        .withMaxAttempts(2));
        try (ConnectionManager<String> manager = ConnectionManager.open(config, endpoint -> late)) {
            ManagedConnection<String> connection = manager.connect("billing", ENDPOINT);
            assertThatThrownBy(() -> Deadline.within(Duration.ofSeconds(30), connection::await))
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining("gave up after 2 attempts: java.lang.NoClassDefFoundError");
        }
    }

    @Test
    @SuppressWarnings("NullAway") // callers may not be checked
    void aReportNeedsAReason() {
        try (ConnectionManager<StringBuilder> manager = manager(DAY, 0)) {
            ManagedConnection<StringBuilder> connection = manager.connect("billing", ENDPOINT);
            StringBuilder open = connection.await();
            assertThatThrownBy(() -> connection.report(open, null)).isInstanceOf(NullPointerException.class);
        }
    }
}
