package io.hawser.nats.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicPattern;
import io.hawser.cluster.TopicRules;
import io.hawser.nats.NatsBackplane;
import io.hawser.nats.NatsConfig;
import io.hawser.testkit.BackplaneSubject;
import io.hawser.testkit.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// What a cluster keeps at its broker, seen from there.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(120)
final class NatsStorageTest {
    private static final TopicRules RULES =
            TopicRules.defaults().withDefault(TopicConfig.log().withSize(9));

    private NatsServer server;
    private Connection broker;
    private NatsConfig config;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        broker = Nats.connect(server.url());
        config = NatsConfig.of(server.url()).withPrefix("seen").withMaxBytes(64 << 20);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        broker.close();
        server.close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) TimeUnit.MILLISECONDS.sleep(10);
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private StreamConfiguration stream() throws Exception {
        String name = broker.jetStreamManagement().getStreamNames().stream()
                .filter(each -> each.startsWith("seen") && !each.startsWith("KV_"))
                .findFirst()
                .orElseThrow();
        return broker.jetStreamManagement().getStreamInfo(name).getConfiguration();
    }

    private long consumers() {
        try {
            return broker.jetStreamManagement()
                    .getConsumerNames(stream().getName())
                    .size();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theStreamHasTheLimitsOfTheConfigurationAndGetsThoseOfALaterOne() throws Exception {
        NatsBackplane.start(config.withInMemory(true), "one", RULES).close();
        StreamConfiguration made = stream();
        assertThat(made.getStorageType()).isEqualTo(StorageType.Memory);
        assertThat(made.getReplicas()).isEqualTo(1);
        assertThat(made.getMaxBytes()).isEqualTo(64 << 20);
        // One more than is replayed, which proves that these are all.
        assertThat(made.getMaxMsgsPerSubject()).isEqualTo(10);
        assertThat(made.getMaxAge()).isEqualTo(Duration.ofHours(24));
        assertThat(made.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(2));
        TopicRules longer = TopicRules.defaults().withDefault(TopicConfig.log().withSize(20));
        try (Warnings warnings = new Warnings()) {
            NatsBackplane.start(config.withMaxBytes(32 << 20), "one", longer).close();
            assertThat(warnings.await("stays in")).contains("seen");
        }
        assertThat(stream().getMaxMsgsPerSubject()).isEqualTo(21);
        assertThat(stream().getMaxBytes()).isEqualTo(32 << 20);
    }

    @Test
    void aNodeHasOneConsumerHoweverManyFollowTopics() throws Exception {
        try (NatsBackplane one = NatsBackplane.start(config, "one", RULES);
                NatsBackplane two = NatsBackplane.start(config, "two", RULES);
                Subscriptions here = Subscriptions.over(one);
                Subscriptions there = Subscriptions.over(two)) {
            Follow last = new Follow();
            for (int i = 0; i < 50; i++) {
                for (Subscriptions at : new Subscriptions[] {here, there}) {
                    last = new Follow();
                    at.follow(last).subscribe(TopicPattern.of("room." + i % 10), Optional.empty(), last);
                    last.awaitLast("subscribed");
                }
            }
            BackplaneSubject.publish(one, Topic.of("room.9"), "x");
            last.awaitLast("x");
            await(() -> consumers() == 2);
        }
    }

    @Test
    void aBrokerThatHasLostTheKeyOfTheClusterGetsItAgain() throws Exception {
        try (NatsBackplane one = NatsBackplane.start(config, "one", RULES)) {
            server.kill();
            server.restartEmpty();
            await(() -> hasKey());
            try (NatsBackplane two = NatsBackplane.start(config, "two", RULES);
                    var _ = one.nodes().answer((from, request) -> CompletableFuture.completedFuture(request))) {
                assertThat(two.keys()).isEqualTo(one.keys()).hasSize(1);
                await(() -> two.nodes().names().contains("one"));
                assertThat(BackplaneSubject.await(two.nodes().ask("one", Bytes.ofUtf8("how")))
                                .toUtf8())
                        .isEqualTo("how");
            }
        }
    }

    private boolean hasKey() {
        try {
            return broker.keyValue("seen-key").get("key") != null;
        } catch (IOException | JetStreamApiException | IllegalStateException notYet) {
            return false;
        }
    }

    @Test
    void bucketsThatWereMadeOtherwiseAreBroughtUpToDateOrUsedAsTheyAre() throws Exception {
        broker.keyValueManagement()
                .create(KeyValueConfiguration.builder("seen-nodes")
                        .storageType(StorageType.Memory)
                        .ttl(Duration.ofHours(1))
                        .build());
        broker.keyValueManagement()
                .create(KeyValueConfiguration.builder("seen-presence")
                        .storageType(StorageType.File)
                        .ttl(Duration.ofHours(1))
                        .build());
        Topic topic = Topic.of("room.1");
        try (Warnings warnings = new Warnings();
                NatsBackplane one = NatsBackplane.start(config, "one", RULES);
                NatsBackplane two = NatsBackplane.start(config, "two", RULES);
                var _ = two.nodes().answer((from, request) -> CompletableFuture.completedFuture(request))) {
            warnings.await("seen-presence of NATS stays as it is");
            assertThat(broker.keyValueManagement().getStatus("seen-nodes").getTtl())
                    .isEqualTo(Duration.ofSeconds(10));
            two.presence().join(topic, "s1", "ann");
            await(() -> one.presence().members(topic).size() == 1);
            await(() -> one.nodes().names().contains("two"));
            assertThat(BackplaneSubject.await(one.nodes().ask("two", Bytes.ofUtf8("how")))
                            .toUtf8())
                    .isEqualTo("how");
        }
    }
}
