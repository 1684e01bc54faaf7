package io.hawser.nats.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.cluster.TopicRules;
import io.hawser.nats.NatsBackplane;
import io.hawser.nats.NatsConfig;
import io.hawser.testkit.BackplaneSubject;
import io.hawser.testkit.FaultyLink;
import io.hawser.testkit.NatsServer;
import io.nats.client.Connection;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// Nodes of a cluster whose key is in the broker, and a broker that loses it.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(120)
final class NatsKeysTest {
    private static final TopicRules RULES = TopicRules.defaults();

    private NatsServer server;
    private FaultyLink link;
    private NatsConfig config;
    private NatsConfig throughLink;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        link = FaultyLink.to(Endpoint.parse(server.url().replace("nats://", "")), 1);
        config = NatsConfig.of(server.url()).withPrefix("keys").withMaxBytes(64 << 20);
        throughLink = NatsConfig.of("nats://127.0.0.1:" + link.endpoint().port())
                .withPrefix("keys")
                .withMaxBytes(64 << 20);
    }

    @AfterEach
    void stop() throws IOException {
        link.close();
        server.close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) TimeUnit.MILLISECONDS.sleep(10);
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /// Asks until there is an answer.
    private static void awaitAnswer(NatsBackplane from, String to) throws InterruptedException {
        await(() -> {
            try {
                return BackplaneSubject.await(from.nodes().ask(to, Bytes.ofUtf8("how")))
                        .equals(Bytes.ofUtf8("how"));
            } catch (HawserException notYet) {
                return false;
            }
        });
    }

    @Test
    void aNodeThatStartsAtAnEmptiedBrokerBeforeTheOldOnesAreBackAgreesWithThem() throws Exception {
        try (NatsBackplane one = NatsBackplane.start(throughLink, "one", RULES);
                NatsBackplane two = NatsBackplane.start(throughLink, "two", RULES);
                var _ = one.nodes().answer((from, request) -> CompletableFuture.completedFuture(request))) {
            List<Bytes> old = one.keys();
            assertThat(two.keys()).isEqualTo(old).hasSize(1);
            link.refuse(true);
            link.resetAll();
            server.kill();
            server.restartEmpty();
            try (NatsBackplane late = NatsBackplane.start(config, "late", RULES);
                    var _ = late.nodes().answer((from, request) -> CompletableFuture.completedFuture(request))) {
                Bytes made = late.keys().getFirst();
                assertThat(late.keys()).containsExactly(made);
                assertThat(made).isNotEqualTo(old.getFirst());
                link.refuse(false);
                List<Bytes> agreed = List.of(made, old.getFirst());
                await(() -> one.keys().equals(agreed)
                        && two.keys().equals(agreed)
                        && late.keys().equals(agreed));
                awaitAnswer(one, "late");
                awaitAnswer(late, "one");
                awaitAnswer(two, "one");
                try (NatsBackplane last = NatsBackplane.start(config, "last", RULES)) {
                    assertThat(last.keys()).isEqualTo(agreed);
                    awaitAnswer(last, "one");
                }
            }
        }
    }

    @Test
    @SuppressWarnings("try") // close() may be interrupted
    void aKeyThatIsTakenAwayOrReplacedUnderRunningNodesIsThereAgainBehindTheOther() throws Exception {
        try (Connection broker = Nats.connect(server.url());
                NatsBackplane one = NatsBackplane.start(config, "one", RULES)) {
            List<Bytes> old = one.keys();
            KeyValue bucket = broker.keyValue("keys-key");
            byte[] other = Bytes.ofUtf8("0123456789abcdef0123456789abcdef").toArray();
            bucket.put("key", other);
            List<Bytes> agreed = List.of(Bytes.wrap(other), old.getFirst());
            await(() -> one.keys().equals(agreed));
            assertThat(keysIn(broker)).isEqualTo(Bytes.concat(agreed.get(0), agreed.get(1)));

            broker.keyValueManagement().delete("keys-key");
            await(() -> keysIn(broker).equals(Bytes.concat(agreed.get(0), agreed.get(1))));
            bucket.put("key", "not a key");
            await(() -> keysIn(broker).equals(Bytes.concat(agreed.get(0), agreed.get(1))));
            assertThat(one.keys()).isEqualTo(agreed);
        }
    }

    private static Bytes keysIn(Connection broker) {
        try {
            var entry = broker.keyValue("keys-key").get("key");
            byte[] value = entry == null ? null : entry.getValue();
            return value == null ? Bytes.EMPTY : Bytes.wrap(value);
        } catch (Exception notYet) {
            return Bytes.EMPTY;
        }
    }
}
