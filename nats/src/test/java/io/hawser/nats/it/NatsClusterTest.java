package io.hawser.nats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.StartupFailed;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.History;
import io.hawser.cluster.Member;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.nats.NatsBackplane;
import io.hawser.nats.NatsConfig;
import io.hawser.testkit.BackplaneSubject;
import io.hawser.testkit.Heard;
import io.hawser.testkit.NatsServer;
import io.nats.client.Connection;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// Two nodes on one broker.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(120)
final class NatsClusterTest {
    private static final TopicRules RULES = TopicRules.defaults().with("live.", TopicConfig.live());
    private static NatsServer server;
    private static int clusters;

    private NatsConfig config;
    private NatsBackplane one;
    private NatsBackplane two;

    @BeforeAll
    static void startBroker() throws Exception {
        server = NatsServer.start();
    }

    @AfterAll
    static void stopBroker() throws IOException {
        server.close();
    }

    @BeforeEach
    void start() {
        config = NatsConfig.of(NatsBackplaneTest.KEY, server.url())
                .withPrefix("two" + ++clusters)
                .withInMemory(true)
                .withMaxBytes(64 << 20);
        one = NatsBackplane.start(config, "one", RULES);
        two = NatsBackplane.start(config, "two", RULES);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) TimeUnit.MILLISECONDS.sleep(10);
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void everyNodeHearsEveryMessageInOneOrder() throws Exception {
        Topic log = Topic.of("room.1");
        Topic live = Topic.of("live.1");
        Heard first = new Heard();
        Heard second = new Heard();
        try (var _ = one.listen(first);
                var _ = two.listen(second)) {
            for (int i = 0; i < 20; i++) {
                BackplaneSubject.publish(i % 2 == 0 ? one : two, log, "m" + i);
                BackplaneSubject.publish(i % 2 == 0 ? one : two, live, "l" + i);
            }
            assertThat(first.await(log, 20)).isEqualTo(second.await(log, 20));
            assertThat(first.texts(log)).hasSize(20).startsWith("m0", "m1").endsWith("m18", "m19");
            first.await(live, 20);
            second.await(live, 20);
        }
    }

    @Test
    void aMidIsKnownOnEveryNode() throws Exception {
        Topic live = Topic.of("live.1");
        Heard heard = new Heard();
        try (var _ = two.listen(heard)) {
            for (Topic topic : List.of(Topic.of("room.1"), live)) {
                Publication once = Publication.of(topic, Bytes.ofUtf8("x")).withMid("ann", "1");
                assertThat(BackplaneSubject.await(one.publish(once)).isDuplicate())
                        .isFalse();
                heard.await(topic, 1);
                assertThat(BackplaneSubject.await(two.publish(once)).isDuplicate())
                        .isTrue();
            }
        }
    }

    @Test
    void aNodeThatComesLaterReadsWhatWasBefore() {
        Topic topic = Topic.of("room.1");
        for (int i = 0; i < 5; i++) BackplaneSubject.publish(one, topic, "m" + i);
        try (NatsBackplane late = NatsBackplane.start(config, "late", RULES)) {
            History history = BackplaneSubject.await(late.history(topic, Optional.empty(), 3));
            assertThat(BackplaneSubject.texts(history)).containsExactly("m2", "m3", "m4");
        }
    }

    @Test
    void presenceIsSeenOnEveryNodeAndEndsWithItsNode() throws Exception {
        Topic topic = Topic.of("room.ä.1");
        one.presence().join(topic, "s1", "ann");
        two.presence().join(topic, "s2", "bob");
        Member ann = new Member("s1", "ann", "one");
        Member bob = new Member("s2", "bob", "two");
        await(() -> two.presence().members(topic).equals(List.of(ann, bob)));
        await(() -> one.presence().members(topic).equals(List.of(ann, bob)));
        assertThat(one.presence().count(topic)).isEqualTo(2);
        one.presence().leave(topic, "s1");
        await(() -> two.presence().members(topic).equals(List.of(bob)));
        two.close();
        await(() -> one.presence().members(topic).isEmpty());
        assertThat(one.presence().count(topic)).isZero();
        await(() -> !one.nodes().names().contains("two"));
    }

    @Test
    void nodesAskEachOther() throws Exception {
        await(() -> one.nodes().names().contains("two"));
        try (var _ = two.nodes()
                .answer((from, request) -> request.isEmpty()
                        ? CompletableFuture.failedFuture(new IllegalArgumentException("nothing was asked"))
                        : CompletableFuture.completedFuture(Bytes.ofUtf8(from + " asks " + request.toUtf8())))) {
            assertThat(BackplaneSubject.await(one.nodes().ask("two", Bytes.ofUtf8("how")))
                            .toUtf8())
                    .isEqualTo("one asks how");
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> BackplaneSubject.await(one.nodes().ask("two", Bytes.EMPTY)))
                    .withMessageContaining("nothing was asked");
        }
    }

    @Test
    void whatIsTooLargeForTheBrokerIsNeitherAskedNorAnswered() throws Exception {
        await(() -> one.nodes().names().contains("two"));
        Bytes large = Bytes.wrap(new byte[2 << 20]);
        try (var _ = two.nodes().answer((from, request) -> CompletableFuture.completedFuture(large))) {
            assertThatExceptionOfType(LimitExceeded.class)
                    .isThrownBy(() -> BackplaneSubject.await(one.nodes().ask("two", large)))
                    .withMessageContaining("max_payload")
                    .satisfies(refused -> assertThat(refused.processed()).isEqualTo(Processed.NO));
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> BackplaneSubject.await(one.nodes().ask("two", Bytes.EMPTY)))
                    .withMessageContaining("max_payload");
        }
    }

    @Test
    void aLiveMessageThatIsTooLargeForTheBrokerReachesNobody() {
        Bytes large = Bytes.wrap(new byte[2 << 20]);
        Heard heard = new Heard();
        try (var _ = one.listen(heard)) {
            assertThatExceptionOfType(LimitExceeded.class)
                    .isThrownBy(() -> BackplaneSubject.await(one.publish(Publication.of(Topic.of("live.1"), large))))
                    .withMessageContaining("max_payload");
            assertThat(heard.texts(Topic.of("live.1"))).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("try") // an interrupted close ends the test, too
    void whatARunHasSaidIsTakenOutOfTheBucketWhenItsLeaseHasEnded() throws Exception {
        Topic topic = Topic.of("room.1");
        String entry = "a-run.s1.room=2E1";
        one.presence().join(topic, "s2", "bob");
        await(() -> two.presence().members(topic).size() == 1);
        try (Connection broker = Nats.connect(server.url())) {
            KeyValue presence = broker.keyValue(config.prefix() + "-presence");
            // What a node leaves that was killed.
            broker.keyValue(config.prefix() + "-nodes").put("killed", "a-run");
            presence.put(entry, "killed\nann");
            await(() -> two.presence().members(topic).contains(new Member("s1", "ann", "killed")));
            for (int i = 0; i < 3000 && presence.get(entry) != null; i++) TimeUnit.MILLISECONDS.sleep(10);
            assertThat(presence.get(entry)).isNull();
            assertThat(presence.keys()).hasSize(1);
        }
        assertThat(two.presence().members(topic)).containsExactly(new Member("s2", "bob", "one"));
    }

    @Test
    void thousandsWhoComeAndGoAtOnceAreSeenAsTheyAreInTheEnd() throws Exception {
        Topic topic = Topic.of("room.1");
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 2000; i++) one.presence().join(topic, "s" + i, "ann");
            for (int i = 0; i < 2000; i += 2) one.presence().leave(topic, "s" + i);
        }
        await(() -> two.presence().members(topic).size() == 1000
                && two.presence().members(topic).stream()
                        .allMatch(member -> member.session().matches("s\\d*[13579]")));
        await(() -> two.nodes().names().contains("one"));
    }

    @Test
    void aNodeWithAnotherKeyIsNotAnswered() throws Exception {
        NatsConfig foreign = new NatsConfig(
                config.servers(),
                config.prefix(),
                config.credentials(),
                config.tls(),
                config.isInMemory(),
                config.replicas(),
                config.maxBytes(),
                Bytes.ofUtf8("another key altogether"));
        try (NatsBackplane stranger = NatsBackplane.start(foreign, "stranger", RULES);
                var _ = two.nodes().answer((from, request) -> CompletableFuture.completedFuture(request))) {
            await(() -> stranger.nodes().names().contains("two"));
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> BackplaneSubject.await(stranger.nodes().ask("two", Bytes.ofUtf8("kick"))));
        }
    }

    @Test
    void withoutABrokerStartingFailsAndNamesIt() {
        NatsConfig nowhere = NatsConfig.of(NatsBackplaneTest.KEY, "nats://user:secret@127.0.0.1:1");
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(() -> NatsBackplane.start(nowhere, "one", RULES))
                .withMessageContaining("nats://127.0.0.1:1")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }

    @Test
    void whatIsTooLargeForTheBrokerIsRefused() {
        Backplane backplane = one;
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> BackplaneSubject.await(
                        backplane.publish(Publication.of(Topic.of("room.1"), Bytes.wrap(new byte[2 << 20])))));
    }
}
