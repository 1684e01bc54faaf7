package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.Reconnect;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.client.Data;
import io.hawser.client.DirectMessage;
import io.hawser.client.HubClient;
import io.hawser.client.HubClientConfig;
import io.hawser.client.Subscription;
import io.hawser.client.TopicEvent;
import io.hawser.client.TopicHandler;
import io.hawser.cluster.Position;
import io.hawser.cluster.Published;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.AuthConfig;
import io.hawser.hub.access.Identity;
import io.hawser.tcp.ListenConfig;
import io.hawser.testkit.FaultyLink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// The client of the library, on both transports.
@ParameterizedClass
@ValueSource(strings = {"msgi://HUB", "ws://HUB/ws"})
@Timeout(180)
final class HubClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    record Chat(String text, int n) {}

    @Parameter
    private String uri = "";

    private Hub hub;

    @BeforeEach
    void start() {
        hub = Hub.start(config());
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static HubConfig config() {
        TopicRules rules = TopicRules.defaults()
                .with("long.", TopicConfig.log().withSize(2000))
                .with("short.", TopicConfig.log().withSize(2))
                .with("live.", TopicConfig.live());
        return HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withCluster(ClusterConfig.defaults().withTopics(rules));
    }

    private HubClientConfig to(Endpoint endpoint) {
        return HubClientConfig.to(uri.replace("HUB", endpoint.toString()))
                .withReconnect(Reconnect.defaults().withPauses(Duration.ofMillis(20), Duration.ofMillis(100)));
    }

    private HubClient connect() {
        return HubClient.connect(to(hub.endpoint()));
    }

    private static void until(BooleanSupplier condition) {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !condition.getAsBoolean(); ) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Over 256 that are not acknowledged, the hub takes no more.
    private static boolean isSent(HubClient from, HubClient to, int n) {
        try {
            from.send(to.sessionId(), Data.of(n));
            return true;
        } catch (Rejected full) {
            return false;
        }
    }

    private static int number(TopicEvent event) {
        return event.data().as(Integer.class);
    }

    @Test
    void whatIsPublishedReachesHandlersAndReceivers() {
        List<TopicEvent> handled = new CopyOnWriteArrayList<>();
        try (HubClient ann = connect();
                HubClient bob = HubClient.connect(to(hub.endpoint()).withName("bob"))) {
            bob.subscribe("room.1", handled::add);
            Subscription pulled = ann.subscribe("room.1");
            Published published = ann.publish("room.1", Data.of(new Chat("hi", 1)));
            TopicEvent event = Deadline.within(PATIENCE, pulled::receive);
            assertThat(event.data().as(Chat.class)).isEqualTo(new Chat("hi", 1));
            assertThat(event.position()).isEqualTo(published.position());
            assertThat(event.from()).isEqualTo(ann.sessionId());
            assertThat(pulled.position()).isEqualTo(published.position());
            until(() -> handled.size() == 1);
            assertThat(ann.who("room.1")).extracting("client").contains("bob");
            ann.publish("room.1", Data.bytes(Bytes.ofHex("00ff")));
            assertThat(Deadline.within(PATIENCE, pulled::receive).data().asBytes())
                    .contains(Bytes.ofHex("00ff"));
            assertThat(ann.publish("room.1", Data.text("x"), "m1").isDuplicate())
                    .isFalse();
            assertThat(ann.publish("room.1", Data.text("x"), "m1").isDuplicate())
                    .isTrue();
            pulled.close();
            assertThatExceptionOfType(SessionClosed.class).isThrownBy(() -> {
                while (true) pulled.receive();
            });
        }
    }

    @Test
    void directMessagesComeOnceAndAreAcknowledged() {
        List<DirectMessage> got = new CopyOnWriteArrayList<>();
        try (HubClient ann = connect();
                HubClient bob = HubClient.connect(to(hub.endpoint()), got::add)) {
            for (int i = 0; i < 600; i++) {
                int n = i;
                until(() -> isSent(ann, bob, n));
            }
            until(() -> got.size() == 600);
            assertThat(got)
                    .extracting(message -> message.data().as(Integer.class))
                    .containsExactlyElementsOf(IntStream.range(0, 600).boxed().toList());
            assertThat(ann.broadcast(Data.text("all"))).isEqualTo(2);
            until(() -> got.size() == 601);
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> ann.send("nobody", Data.text("x")))
                    .withMessageContaining("404");
        }
    }

    @Test
    void aConnectionThatBreaksAgainAndAgainLosesAndDoublesNothing() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        List<ResyncReason> holes = new CopyOnWriteArrayList<>();
        try (FaultyLink link = FaultyLink.to(hub.endpoint(), 1);
                HubClient publisher = HubClient.connect(to(link.endpoint()));
                HubClient reader = HubClient.connect(to(link.endpoint()))) {
            String sid = reader.sessionId();
            reader.subscribe("long.1", new TopicHandler() {
                @Override
                public void message(TopicEvent event) {
                    seen.add(number(event));
                }

                @Override
                public void resync(String topic, ResyncReason reason, Position position) {
                    holes.add(reason);
                }
            });
            Thread cutting = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 8; i++) {
                    try {
                        Thread.sleep(60);
                    } catch (InterruptedException e) {
                        return;
                    }
                    link.resetAll();
                }
            });
            for (int i = 0; i < 400; i++) publisher.publish("long.1", Data.of(i));
            cutting.join();
            for (int i = 400; i < 500; i++) publisher.publish("long.1", Data.of(i));
            until(() -> seen.size() >= 500);
            assertThat(seen)
                    .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
            assertThat(holes).isEmpty();
            assertThat(reader.sessionId()).isEqualTo(sid);
        }
    }

    @Test
    void whoFollowsALiveTopicIsToldThatMessagesMayBeMissingWhenItsConnectionBroke() throws Exception {
        List<Object> told = new CopyOnWriteArrayList<>();
        try (FaultyLink link = FaultyLink.to(hub.endpoint(), 1);
                HubClient publisher = connect();
                HubClient reader = HubClient.connect(to(link.endpoint()))) {
            reader.subscribe("live.1", new TopicHandler() {
                @Override
                public void message(TopicEvent event) {
                    told.add(number(event));
                }

                @Override
                public void gap(long missed) {
                    told.add("gap " + missed);
                }
            });
            publisher.publish("live.1", Data.of(1));
            until(() -> told.size() == 1);
            link.resetAll();
            until(() -> told.size() == 2);
            reader.who("live.1");
            publisher.publish("live.1", Data.of(2));
            until(() -> told.size() == 3);
            assertThat(told).containsExactly(1, "gap 0", 2);
        }
    }

    @Test
    void aHubThatIsGoneForGoodIsASessionAnewAndAResync() throws Exception {
        List<Object> told = new CopyOnWriteArrayList<>();
        Endpoint here = hub.endpoint();
        try (HubClient client = connect()) {
            client.subscribe("room.1", new TopicHandler() {
                @Override
                public void message(TopicEvent event) {
                    told.add(number(event));
                }

                @Override
                public void resync(String topic, ResyncReason reason, Position position) {
                    told.add(reason);
                }
            });
            client.publish("room.1", Data.of(1));
            String sid = client.sessionId();
            hub.close();
            hub = Hub.start(config().withListen(ListenConfig.on(here.toString())));
            client.publish("room.1", Data.of(2));
            until(() -> told.size() == 3);
            assertThat(told).containsExactly(1, ResyncReason.EPOCH, 2);
            assertThat(client.sessionId()).isNotEqualTo(sid);
        }
    }

    @Test
    void aHandlerThatIsTooSlowForALogMissesNothingAndOfALiveTopicIsToldHowMuch() throws Exception {
        List<Integer> log = new CopyOnWriteArrayList<>();
        List<Integer> live = new CopyOnWriteArrayList<>();
        List<Long> gaps = new CopyOnWriteArrayList<>();
        CountDownLatch slow = new CountDownLatch(1);
        try (HubClient publisher = connect();
                HubClient reader = HubClient.connect(to(hub.endpoint()).withMaxWaiting(10))) {
            reader.subscribe("long.1", event -> {
                slow.await();
                log.add(number(event));
            });
            reader.subscribe("live.1", new TopicHandler() {
                @Override
                public void message(TopicEvent event) throws InterruptedException {
                    slow.await();
                    live.add(number(event));
                }

                @Override
                public void gap(long missed) {
                    gaps.add(missed);
                }
            });
            for (int i = 0; i < 300; i++) {
                publisher.publish("long.1", Data.of(i));
                publisher.publish("live.1", Data.of(i));
            }
            // All has come by the time that the answer has.
            reader.who("long.1");
            slow.countDown();
            until(() -> log.size() >= 300);
            assertThat(log)
                    .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
            until(() -> live.size() + gaps.stream().mapToLong(Long::longValue).sum() == 300);
            assertThat(live).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void aHandlerMayPublish() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        try (HubClient client = connect()) {
            client.subscribe("ping", event -> client.publish("pong", event.data()));
            client.subscribe("pong", event -> seen.add(number(event)));
            for (int i = 0; i < 20; i++) client.publish("ping", Data.of(i));
            until(() -> seen.size() == 20);
        }
    }

    @Test
    void anotherClientGoesOnFromAPosition() {
        Position at;
        try (HubClient client = connect();
                Subscription pulled = client.subscribe("room.1")) {
            client.publish("room.1", Data.of(1));
            Deadline.within(PATIENCE, pulled::receive);
            at = pulled.position();
            client.publish("room.1", Data.of(2));
        }
        List<Integer> seen = new CopyOnWriteArrayList<>();
        try (HubClient client = connect()) {
            client.subscribe("room.1", at, event -> seen.add(number(event)));
            client.publish("room.1", Data.of(3));
            until(() -> seen.equals(List.of(2, 3)));
        }
    }

    @Test
    void whatTheHubRefusesIsAnErrorWithWhatItSays() {
        try (HubClient client = connect()) {
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> client.publish("$sys", Data.text("x")))
                    .withMessageContaining("403");
            client.subscribe("t");
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> client.subscribe("t"));
            Subscription pulled = client.subscribe("u");
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> Deadline.within(Duration.ofMillis(50), pulled::receive));
        }
        assertThatExceptionOfType(ConnectFailed.class).isThrownBy(() -> {
            Endpoint nobody = hub.endpoint();
            hub.close();
            HubClient.connect(to(nobody)).close();
        });
    }

    @Test
    void whoShowsATokenIsLetInAndWhoDoesNotIsNot() {
        hub.close();
        hub = Hub.start(config().withAccess(AccessConfig.defaults()
                .withAuth(AuthConfig.none()
                        .withHook((token, remote) -> CompletableFuture.completedFuture(
                                token.equals("ann's") ? Optional.of(Identity.of("ann")) : Optional.empty())))));
        try (HubClient ann = HubClient.connect(to(hub.endpoint()).withToken(() -> "ann's"));
                Subscription pulled = ann.subscribe("t")) {
            ann.publish("t", Data.of(Map.of("a", 1)));
            assertThat(Deadline.within(PATIENCE, pulled::receive).user()).isEqualTo("ann");
            ann.authenticate("ann's");
            assertThatExceptionOfType(Rejected.class).isThrownBy(() -> ann.authenticate("bob's"));
        }
        assertThatExceptionOfType(SessionClosed.class)
                .isThrownBy(() -> HubClient.connect(to(hub.endpoint())).close())
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(4010));
    }
}
