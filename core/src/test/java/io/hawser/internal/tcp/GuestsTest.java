package io.hawser.internal.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.TimeSource;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.LinkMemory;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.session.SessionConfig;
import io.hawser.tcp.MemoryShares;
import org.junit.jupiter.api.Test;

class GuestsTest {
    private static final ConnectionLimits CHANGED = ConnectionLimits.defaults().withMaxInFlight(7);

    private static SessionRegistry sessions(NettyIoThreads threads) {
        return new SessionRegistry(
                SessionConfig.defaults(), (session, message) -> {}, dispatcher(threads), false, TimeSource.system());
    }

    private static LinkGroup others(NettyIoThreads threads) {
        return new LinkGroup(ConnectionLimits.defaults(), dispatcher(threads), false, TimeSource.system());
    }

    private static IoDispatcher dispatcher(NettyIoThreads threads) {
        return new IoDispatcher(threads, ExecutionMode.VIRTUAL);
    }

    @Test
    void whatBoundsTheSessionsBoundsThoseOfLaterGroupsToo() {
        try (NettyIoThreads threads = NettyIoThreads.shared()) {
            Guests guests = new Guests(threads, LinkMemory.of(MemoryShares.defaults()));
            LinkGroup before = guests.group("before", GuestsTest::sessions);
            assertThat(before.limits()).isEqualTo(ConnectionLimits.defaults());
            guests.sessionLimits(CHANGED);
            assertThat(before.limits()).isEqualTo(CHANGED);
            LinkGroup later = guests.group("later", GuestsTest::sessions);
            assertThat(later.limits()).isEqualTo(CHANGED);
            LinkGroup noSessions = guests.group("no sessions", GuestsTest::others);
            assertThat(noSessions.limits()).isEqualTo(ConnectionLimits.defaults());
        }
    }
}
