package io.hawser.messaging.it;

import static io.hawser.messaging.it.RawPeer.code;
import static io.hawser.messaging.it.RawPeer.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.DrainReport;
import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.IoStats;
import io.hawser.io.IoThreads;
import io.hawser.messaging.Frame;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // closing in the middle is what is tested
class DrainAndLimitsTest {
    private static MessagingServer echo(ListenConfig listen, ExecutionMode mode) {
        return MessagingServer.start(listen, MessagingConfig.defaults(), Servers.echo(mode));
    }

    @Test
    void fullOfSessionsTheServerTellsNewcomersSoAndAdmitsNoneOfThem() throws IOException {
        try (MessagingServer server = echo(Servers.anyPort().withMaxConnections(2), ExecutionMode.EVENT_LOOP);
                RawPeer first = RawPeer.to(server.endpoint()).send(data("1"));
                RawPeer second = RawPeer.to(server.endpoint()).send(data("2"))) {
            assertThat(first.next()).contains(data("1"));
            assertThat(second.next()).contains(data("2"));
            for (int i = 0; i < 10; i++) {
                try (RawPeer third = RawPeer.to(server.endpoint()).send(data("3"))) {
                    List<Frame> told = third.rest();
                    assertThat(told).hasSize(1);
                    assertThat(code(told.getFirst())).isEqualTo(4502);
                }
                assertThat(server.connectionCount()).isEqualTo(2);
            }
            assertThat(server.sessions().count()).isEqualTo(2);
            first.send(data("still there"));
            assertThat(first.next()).contains(data("still there"));
        }
    }

    @Test
    void thoseWhoAreBeingRefusedTakeNoPlace() throws IOException {
        // With one loop, connections are dealt with in the order in which they come.
        try (IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(1).withName("hawser-it"));
                MessagingServer server = MessagingServer.start(
                        Servers.anyPort().withMaxConnections(1),
                        MessagingConfig.defaults(),
                        Servers.echo(ExecutionMode.EVENT_LOOP),
                        io);
                RawPeer waiting = connected(server, 1)) {
            waiting.send(data("in"));
            assertThat(waiting.next()).contains(data("in"));
            // It says nothing, so that it cannot be told yet.
            RawPeer refused = RawPeer.to(server.endpoint());
            try (RawPeer told = RawPeer.to(server.endpoint()).send(data("out"))) {
                assertThat(told.next()).isPresent();
            }
            waiting.close();
            await().until(() -> server.connectionCount() == 0);
            try (refused;
                    RawPeer next = RawPeer.to(server.endpoint()).send(data("next"))) {
                assertThat(next.next()).contains(data("next"));
            }
        }
    }

    private static RawPeer connected(MessagingServer server, int count) throws IOException {
        RawPeer peer = RawPeer.to(server.endpoint());
        await().until(() -> server.connectionCount() == count);
        return peer;
    }

    @Test
    void fullTheOldestThatHasNotGreetedGoesFirst() throws IOException {
        try (MessagingServer server = echo(Servers.anyPort().withMaxConnections(3), ExecutionMode.EVENT_LOOP);
                RawPeer settled = RawPeer.to(server.endpoint()).send(data("1"))) {
            assertThat(settled.next()).contains(data("1"));
            try (RawPeer oldest = connected(server, 2);
                    RawPeer younger = connected(server, 3);
                    RawPeer newest = RawPeer.to(server.endpoint()).send(data("new"))) {
                assertThat(newest.next()).contains(data("new"));
                assertThat(oldest.next()).isEmpty();
                younger.send(data("me too"));
                assertThat(younger.next()).contains(data("me too"));
                assertThat(server.sessions().count()).isEqualTo(3);
            }
            await().until(() -> server.connectionCount() == 1);
        }
    }

    /// Sends until the connection ends, 200 messages ahead of the answers.
    private static CompletableFuture<List<Frame>> pressing(MessagingServer server, AtomicInteger answered) {
        CompletableFuture<List<Frame>> all = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            Semaphore window = new Semaphore(200);
            try (RawPeer peer = RawPeer.to(server.endpoint())) {
                Thread.startVirtualThread(() -> {
                    try {
                        for (int i = 0; ; i++) {
                            window.acquireUninterruptibly();
                            peer.send(data("" + i));
                        }
                    } catch (IOException ended) {
                        // as it should
                    }
                });
                List<Frame> frames = new ArrayList<>();
                for (var frame = peer.next(); frame.isPresent(); frame = peer.next()) {
                    frames.add(frame.get());
                    answered.incrementAndGet();
                    window.release();
                }
                window.release(200); // lets the sender see the end
                all.complete(frames);
            } catch (IOException e) {
                all.completeExceptionally(e);
            }
        });
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void aDrainUnderLoadAnswersInOrderAndTellsEveryPeer(ExecutionMode mode) throws Exception {
        try (MessagingServer server = echo(Servers.anyPort(), mode)) {
            AtomicInteger answered = new AtomicInteger();
            List<CompletableFuture<List<Frame>>> peers = new ArrayList<>();
            for (int i = 0; i < 6; i++) peers.add(pressing(server, answered));
            await().until(() -> answered.get() > 2000 && server.sessions().count() == 6);
            DrainReport report = server.drain(Duration.ofSeconds(60));
            assertThat(report).isEqualTo(new DrainReport(6, 0));
            for (var peer : peers) {
                List<Frame> frames = peer.get(60, TimeUnit.SECONDS);
                for (int i = 0; i < frames.size() - 1; i++)
                    assertThat(frames.get(i)).isEqualTo(data("" + i));
                assertThat(code(frames.getLast())).isEqualTo(4501);
            }
            assertThat(server.isRunning()).isFalse();
            server.awaitStop();
            assertThat(server.connectionCount()).isZero();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> RawPeer.to(server.endpoint()));
        }
    }

    @Test
    void aHandlerThatHoldsADrainUpIsCutAtItsEndAndByAClose() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        SessionHandler stuck = (session, message) -> never.await();
        for (Duration grace : List.of(Duration.ofMillis(200), Duration.ofDays(1))) {
            try (MessagingServer server = MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), stuck);
                    RawPeer peer = RawPeer.to(server.endpoint()).send(data("hold"))) {
                await().until(() -> server.sessions().count() == 1);
                CompletableFuture<DrainReport> drain = new CompletableFuture<>();
                Thread.startVirtualThread(() -> drain.complete(server.drain(grace)));
                await().until(() -> !server.isRunning());
                if (grace.compareTo(Duration.ofHours(1)) > 0) server.close();
                assertThat(drain.get(30, TimeUnit.SECONDS)).isNotNull();
                assertThat(peer.rest()).isEmpty();
            }
        }
        never.countDown();
    }

    @Test
    void onAnEventLoopAStopIsRefused() throws Exception {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        CompletableFuture<MessagingServer> started = new CompletableFuture<>();
        SessionHandler closing = (session, message) -> {
            try {
                started.join().close();
            } catch (IllegalStateException e) {
                refused.complete(e);
            }
        };
        try (MessagingServer server = MessagingServer.start(
                        Servers.anyPort(), MessagingConfig.defaults(), closing.in(ExecutionMode.EVENT_LOOP));
                RawPeer peer = RawPeer.to(server.endpoint())) {
            started.complete(server);
            peer.send(data("stop"));
            assertThat(refused.get(30, TimeUnit.SECONDS)).hasMessageContaining("event loop");
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenIsAStartupFailureThatLeavesNothingBehind() {
        try (MessagingServer server = echo(Servers.anyPort(), ExecutionMode.VIRTUAL)) {
            ListenConfig same = ListenConfig.on(server.endpoint()).withTls(Tls.selfSigned());
            assertThatExceptionOfType(StartupFailed.class)
                    .isThrownBy(() -> echo(same, ExecutionMode.VIRTUAL))
                    .withMessageContaining(server.endpoint().toString());
        }
    }

    @Test
    void theWatchdogCountsAHandlerThatHoldsItsLoop() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        SessionHandler holding = (session, message) -> release.await();
        try (IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(2).withName("hawser-it"));
                MessagingServer server = MessagingServer.start(
                        Servers.anyPort(), MessagingConfig.defaults(), holding.in(ExecutionMode.EVENT_LOOP), io);
                RawPeer peer = RawPeer.to(server.endpoint()).send(data("hold"))) {
            await().until(() ->
                    io.stats().loops().stream().mapToLong(IoStats.Loop::holds).sum() > 0);
            release.countDown();
            peer.endOutput();
            assertThat(peer.rest()).isEmpty();
        }
    }
}
