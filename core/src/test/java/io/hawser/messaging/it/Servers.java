package io.hawser.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Reconnect;
import io.hawser.StartupFailed;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.IoThreads;
import io.hawser.io.Transport;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.session.Offer;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.opentest4j.TestAbortedException;

/// What the tests of servers and clients share.
final class Servers {
    static final Reconnect QUICK = Reconnect.defaults().withPauses(Duration.ofMillis(1), Duration.ofMillis(20));

    private Servers() {}

    static ListenConfig anyPort() {
        return ListenConfig.on("127.0.0.1:0");
    }

    /// Echoes in a way that each mode allows.
    static SessionHandler echo(ExecutionMode mode) {
        SessionHandler handler = mode == ExecutionMode.EVENT_LOOP
                ? (session, message) -> assertThat(session.offer(message)).isEqualTo(Offer.QUEUED)
                : (session, message) -> session.send(message);
        return handler.in(mode);
    }

    static Stream<Arguments> transportsAndModes() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .flatMap(transport -> Stream.of(ExecutionMode.values()).map(mode -> Arguments.of(transport, mode)));
    }

    /// @throws TestAbortedException if this machine has no such transport
    static IoThreads start(Transport transport) {
        try {
            return IoThreads.start(
                    IoConfig.defaults().withThreads(2).withName("hawser-it").withTransport(transport));
        } catch (StartupFailed e) {
            throw new TestAbortedException(transport + " is not there", e);
        }
    }

    static MessagingClientConfig quick(MessagingClientConfig config) {
        return config.withReconnect(QUICK);
    }
}
