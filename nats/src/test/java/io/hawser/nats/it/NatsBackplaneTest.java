package io.hawser.nats.it;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.TopicRules;
import io.hawser.nats.NatsBackplane;
import io.hawser.nats.NatsConfig;
import io.hawser.testkit.BackplaneContract;
import io.hawser.testkit.NatsServer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// The contract of every backplane, on a broker.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(120)
final class NatsBackplaneTest implements BackplaneContract {
    static final Bytes KEY = Bytes.ofUtf8("a key of the cluster's");
    private static final AtomicInteger CLUSTERS = new AtomicInteger();
    private static NatsServer server;

    @BeforeAll
    static void startBroker() throws IOException, InterruptedException {
        server = NatsServer.start();
    }

    @AfterAll
    static void stopBroker() throws IOException {
        server.close();
    }

    @Override
    public Backplane start(TopicRules rules) {
        NatsConfig config = NatsConfig.of(KEY, server.url())
                .withPrefix("c" + CLUSTERS.incrementAndGet())
                .withInMemory(true)
                .withMaxBytes(64 << 20);
        return NatsBackplane.start(config, "node-1", rules);
    }
}
