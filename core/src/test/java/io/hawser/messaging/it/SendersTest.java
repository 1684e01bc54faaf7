package io.hawser.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.SessionClosed;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoThreads;
import io.hawser.io.Transport;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Frame;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.messaging.Pipeline;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.session.Sessions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendersTest {
    private static final int SESSIONS = 5;
    private static final int THREADS = 4;
    private static final int MESSAGES = 300;

    private final List<MessagingClient> clients = new ArrayList<>();
    private final AtomicReference<Sessions> sessions = new AtomicReference<>();

    /// No broadcast is to be dropped.
    private static MessagingConfig roomy(boolean compressed) {
        ConnectionLimits limits = ConnectionLimits.defaults().withQueueBytes(8 << 20, 16 << 20);
        MessagingConfig config =
                MessagingConfig.defaults().withSession(SessionConfig.defaults().withLimits(limits));
        return compressed
                ? config.withPipeline(Pipeline.of(Compression.deflate().withMinBytes(0)))
                : config;
    }

    /// Every tenth message goes to all at once, the others to one session after another.
    private void sendAll(int thread, boolean pausing) {
        Sessions all = sessions.get();
        try {
            for (int i = 0; i < MESSAGES; i++) {
                Message message = Message.text(thread + ":" + i);
                if (i % 10 == 0) assertThat(all.broadcast(message)).isEqualTo(SESSIONS);
                else all.stream().forEach(session -> session.send(message));
                // Off the carrier and back on it, perhaps behind what was posted in between.
                if (pausing && i % 7 == 0) Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, List<Integer>> receiveAll(MessagingClient client) {
        Map<String, List<Integer>> byThread = new HashMap<>();
        for (int i = 0; i < THREADS * MESSAGES; i++) {
            String[] parts = client.receive().text().split(":", 2);
            byThread.computeIfAbsent(parts[0], thread -> new ArrayList<>()).add(Integer.parseInt(parts[1]));
        }
        return byThread;
    }

    private void eachSessionHasAllInOrder() throws Exception {
        List<Integer> numbers = IntStream.range(0, MESSAGES).boxed().toList();
        List<CompletableFuture<Map<String, List<Integer>>>> received = new ArrayList<>();
        for (MessagingClient client : clients) {
            CompletableFuture<Map<String, List<Integer>>> future = new CompletableFuture<>();
            received.add(future);
            Thread.startVirtualThread(() -> future.completeAsync(() -> receiveAll(client), Runnable::run));
        }
        for (var future : received) {
            Map<String, List<Integer>> byThread = future.get(60, TimeUnit.SECONDS);
            assertThat(byThread).hasSize(THREADS);
            assertThat(byThread.values()).allSatisfy(all -> assertThat(all).isEqualTo(numbers));
        }
    }

    private void connectAll(MessagingServer server, MessagingConfig config) {
        sessions.set(server.sessions());
        for (int i = 0; i < SESSIONS; i++) {
            clients.add(MessagingClient.open(
                    MessagingClientConfig.to("c" + i, server.endpoint()).withMessaging(config)));
        }
        await().until(() -> server.sessions().count() == SESSIONS);
    }

    private void closeAll() {
        clients.forEach(MessagingClient::close);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whatOtherThreadsSendArrivesInTheOrderOfEach(boolean compressed) throws Exception {
        MessagingConfig config = roomy(compressed);
        try (IoThreads io = Servers.start(Transport.NIO);
                MessagingServer server =
                        MessagingServer.start(Servers.anyPort(), config, (session, message) -> {}, io)) {
            connectAll(server, config);
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                if (thread % 2 == 0) Thread.startVirtualThread(() -> sendAll(number, false));
                else Thread.ofPlatform().daemon().start(() -> sendAll(number, false));
            }
            eachSessionHasAllInOrder();
            assertThat(server.sessions().stream()).allSatisfy(session -> {
                assertThat(session.stats().messagesSent()).isEqualTo(THREADS * MESSAGES);
                assertThat(session.stats().messagesDropped()).isZero();
            });
            closeAll();
        }
    }

    @ParameterizedTest
    @CsvSource({"VIRTUAL,false", "LOOP_CARRIER,false", "LOOP_CARRIER,true"})
    void whatHandlersSendArrivesInTheOrderOfEach(ExecutionMode mode, boolean compressed) throws Exception {
        MessagingConfig config = roomy(compressed);
        SessionHandler sending = (session, message) -> sendAll(Integer.parseInt(message.text()), true);
        try (IoThreads io = Servers.start(Transport.NIO);
                MessagingServer server = MessagingServer.start(Servers.anyPort(), config, sending.in(mode), io)) {
            connectAll(server, config);
            for (int thread = 0; thread < THREADS; thread++) clients.get(thread).send(Message.text("" + thread));
            eachSessionHasAllInOrder();
            closeAll();
        }
    }

    /// Fills the queue to a peer that does not read, until the sender waits.
    private static Thread blockedSender(Session session, CompletableFuture<Throwable> ended, Duration deadline) {
        CountDownLatch began = new CountDownLatch(1);
        Thread sender = Thread.ofVirtual().start(() -> {
            began.countDown();
            try {
                Message large = Message.binary(new byte[100_000]);
                Deadline.within(deadline, () -> {
                    while (true) session.send(large);
                });
            } catch (RuntimeException e) {
                ended.complete(Thread.currentThread().isInterrupted() ? new InterruptedException(e.toString()) : e);
            }
        });
        await().until(() -> began.getCount() == 0 && session.offer(Message.text("x")) == Offer.DROPPED);
        return sender;
    }

    private static Session onlySession(MessagingServer server) {
        await().until(() -> server.sessions().count() == 1);
        return server.sessions().stream().findFirst().orElseThrow();
    }

    private static MessagingServer silentServer() {
        return MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), (session, message) -> {});
    }

    @Test
    void aSenderThatWaitsForRoomIsReleasedByTheClose() throws Exception {
        try (MessagingServer server = silentServer();
                RawPeer peer = RawPeer.to(server.endpoint()).send(RawPeer.data("hi"))) {
            Session session = onlySession(server);
            CompletableFuture<Throwable> first = new CompletableFuture<>();
            CompletableFuture<Throwable> second = new CompletableFuture<>();
            blockedSender(session, first, Duration.ofDays(1));
            blockedSender(session, second, Duration.ofDays(1));
            session.close(CloseReason.of(4100, "enough"));
            assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(SessionClosed.class);
            assertThat(second.get(30, TimeUnit.SECONDS)).isInstanceOf(SessionClosed.class);
            // All that was accepted comes, and the goodbye behind it.
            assertThat(RawPeer.code(peer.rest().getLast())).isEqualTo(4100);
        }
    }

    @Test
    void aSenderThatWaitsForRoomIsReleasedByItsDeadlineAndByAnInterrupt() throws Exception {
        try (MessagingServer server = silentServer();
                RawPeer peer = RawPeer.to(server.endpoint()).send(RawPeer.data("hi"))) {
            Session session = onlySession(server);
            CompletableFuture<Throwable> late = new CompletableFuture<>();
            blockedSender(session, late, Duration.ofMillis(300));
            assertThat(late.get(30, TimeUnit.SECONDS)).isInstanceOf(DeadlineExceeded.class);

            CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
            blockedSender(session, interrupted, Duration.ofDays(1)).interrupt();
            assertThat(interrupted.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(InterruptedException.class)
                    .hasMessageContaining(Cancelled.class.getName());
            session.abort();
            assertThat(peer.rest()).isNotEmpty();
        }
    }

    @Test
    void aSenderGoesOnWhenThePeerReadsHoweverLargeItsMessages() throws Exception {
        try (MessagingServer server = silentServer();
                RawPeer peer = RawPeer.to(server.endpoint()).send(RawPeer.data("hi"))) {
            Session session = onlySession(server);
            int count = 30;
            Thread.startVirtualThread(() -> {
                for (int i = 0; i < count; i++) session.send(Message.binary(new byte[1 << 20]));
                session.close();
            });
            // 30 messages of a MiB and the goodbye
            assertThat(peer.rest()).hasSize(count + 1);
        }
    }

    @Test
    void closingWhileManySendLosesNoneThatWasAcceptedBeforeIt() throws IOException, InterruptedException {
        for (int round = 0; round < 20; round++) {
            try (MessagingServer server =
                            MessagingServer.start(Servers.anyPort(), roomy(false), (session, message) -> {});
                    RawPeer peer = RawPeer.to(server.endpoint()).send(RawPeer.data("hi"))) {
                Session session = onlySession(server);
                List<Thread> senders = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    int number = thread;
                    senders.add(Thread.startVirtualThread(() -> {
                        for (int i = 0; session.offer(Message.text(number + ":" + i)) == Offer.QUEUED; i++) {
                            if (number == 0 && i == 50) session.close(CloseReason.of(4100, ""));
                        }
                    }));
                }
                List<Frame> all = peer.rest();
                for (Thread sender : senders) sender.join();
                assertThat(RawPeer.code(all.getLast())).isEqualTo(4100);
                // What the closing thread had sent before is there, and of the others there is no gap.
                Map<String, Integer> next = new HashMap<>();
                for (var frame : all.subList(0, all.size() - 1)) {
                    String[] parts = frame.payload().toUtf8().split(":", 2);
                    assertThat(Integer.parseInt(parts[1])).isEqualTo(next.merge(parts[0], 1, Integer::sum) - 1);
                }
                assertThat(next.get("0")).isEqualTo(51);
                assertThatExceptionOfType(SessionClosed.class).isThrownBy(() -> session.send(Message.text("late")));
            }
        }
    }
}
