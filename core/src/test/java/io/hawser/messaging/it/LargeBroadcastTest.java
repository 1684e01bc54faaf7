package io.hawser.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.link.Link;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.IoThreads;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A broadcast to many sessions of one event loop.
@Timeout(120)
class LargeBroadcastTest {
    private static final int PEERS = 300;

    @Test
    void othersOfTheLoopHaveTheirTurnBeforeAllAreWrittenTo() throws Exception {
        CompletableFuture<MessagingServer> self = new CompletableFuture<>();
        CompletableFuture<Long> unwritten = new CompletableFuture<>();
        SessionHandler toAll = (session, message) -> {
            MessagingServer server = self.join();
            if (message.text().equals("hello")) {
                session.offer(message);
                return;
            }
            server.sessions().broadcast(message);
            // As what the loop reads, it comes no sooner than when the sockets have been looked at.
            ((Link) session)
                    .channel()
                    .eventLoop()
                    .schedule(() -> unwritten.complete(waiting(server)), 0, TimeUnit.NANOSECONDS);
        };
        List<RawPeer> peers = new ArrayList<>();
        try (IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(1));
                MessagingServer server = MessagingServer.start(
                        Servers.anyPort(), MessagingConfig.defaults(), toAll.in(ExecutionMode.EVENT_LOOP), io)) {
            self.complete(server);
            for (int i = 0; i < PEERS; i++)
                peers.add(RawPeer.to(server.endpoint()).send(RawPeer.data("hello")));
            for (RawPeer peer : peers) assertThat(peer.next()).contains(RawPeer.data("hello"));
            peers.getFirst().send(RawPeer.data("one"), RawPeer.data("two"));
            assertThat(unwritten.get(30, TimeUnit.SECONDS)).isBetween(1L, PEERS - 1L);
            for (RawPeer peer : peers) {
                assertThat(peer.next()).contains(RawPeer.data("one"));
                assertThat(peer.next()).contains(RawPeer.data("two"));
            }
        } finally {
            for (RawPeer peer : peers) peer.close();
        }
    }

    private static long waiting(MessagingServer server) {
        return server.sessions().stream()
                .map(Session::stats)
                .filter(stats -> stats.queuedBytes() > 0)
                .count();
    }
}
