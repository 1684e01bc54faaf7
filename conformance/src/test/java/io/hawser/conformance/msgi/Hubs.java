package io.hawser.conformance.msgi;

import io.hawser.StartupFailed;
import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.IoThreads;
import io.hawser.io.Transport;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.SessionConfig;
import io.hawser.tcp.ListenConfig;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// The hub as the tests start it.
final class Hubs {
    private static final List<Transport> TRANSPORTS =
            Arrays.stream(Transport.values()).filter(Hubs::isHere).toList();

    private Hubs() {}

    /// An echo on one event loop and a free port.
    static HubConfig echo() {
        return HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withIo(IoConfig.defaults().withThreads(1))
                .withBare(BareMode.ECHO);
    }

    static Hub start(BareMode bare) {
        return Hub.start(echo().withBare(bare));
    }

    static Hub start(Transport transport, ExecutionMode handlers) {
        return Hub.start(echo().withIo(IoConfig.defaults().withThreads(1).withTransport(transport))
                .withHandlers(handlers));
    }

    /// An echo with other times.
    static Hub withTimes(UnaryOperator<SessionConfig> session, UnaryOperator<ConnectionLimits> limits) {
        SessionConfig changed = session.apply(SessionConfig.defaults());
        return Hub.start(echo().withMessaging(
                        MessagingConfig.defaults().withSession(changed.withLimits(limits.apply(changed.limits())))));
    }

    /// Every transport of this machine with every way to run a handler.
    static Stream<Arguments> transportsAndModes() {
        return TRANSPORTS.stream()
                .flatMap(transport -> Arrays.stream(ExecutionMode.values()).map(mode -> Arguments.of(transport, mode)));
    }

    private static boolean isHere(Transport transport) {
        if (transport == Transport.AUTO) return false;
        try {
            IoThreads.start(IoConfig.defaults().withThreads(1).withTransport(transport))
                    .close();
            return true;
        } catch (StartupFailed e) {
            return false;
        }
    }
}
