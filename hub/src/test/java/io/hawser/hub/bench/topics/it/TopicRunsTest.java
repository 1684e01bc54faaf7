package io.hawser.hub.bench.topics.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.ConnectFailed;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.bench.topics.FanOutRun;
import io.hawser.hub.bench.topics.LocalCluster;
import io.hawser.hub.bench.topics.RecoveryRun;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@Timeout(120)
final class TopicRunsTest {
    private static final TopicRules SHORT =
            TopicRules.defaults().withDefault(TopicConfig.log().withSize(20));

    private final Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
            .withCluster(ClusterConfig.defaults().withTopics(SHORT)));
    private final List<InetSocketAddress> hubs = List.of(new InetSocketAddress(
            InetAddress.getLoopbackAddress(), hub.endpoint().port()));

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void whatIsPublishedIsCountedAtEverySubscriber() throws IOException {
        try (FanOutRun run = new FanOutRun(hubs, 20, 2, 100)) {
            FanOutRun.Report most = run.flood(Duration.ofMillis(300));
            assertThat(most.published()).isPositive();
            assertThat(most.delivered()).isEqualTo(most.published() * 10);
            FanOutRun.Report paced = run.atRate(200, Duration.ofMillis(500));
            assertThat(paced.published()).isEqualTo(100);
            assertThat(paced.delivered()).isEqualTo(1000);
            assertThat(paced.isClean()).isTrue();
            assertThat(paced.latency().p50Nanos()).isPositive();
        }
    }

    @Test
    void everyClientGetsWhatItMissed() throws IOException {
        RecoveryRun.Report report = RecoveryRun.run(hubs, 30, 3, 10, () -> {});
        assertThat(report.isClean()).as(report.toString()).isTrue();
        assertThat(report.recovered()).isEqualTo(30);
        assertThat(report.complete()).isEqualTo(30);
    }

    @Test
    void whatTheHistoryHasNoMoreIsNoRecovery() throws IOException {
        RecoveryRun.Report report = RecoveryRun.run(hubs, 2, 1, 30, () -> {}, Duration.ofSeconds(2));
        assertThat(report.recovered()).isZero();
        assertThat(report.resyncs()).isEqualTo(2);
        assertThat(report.isClean()).isFalse();
    }

    @Test
    @EnabledIf("io.hawser.testkit.NatsServer#isHere")
    void subscribersOfAClusterThatIsStartedForThemGetWhatIsPublishedToOneOfItsHubs() throws Exception {
        try (LocalCluster cluster = LocalCluster.start(2);
                FanOutRun run = new FanOutRun(cluster.hubs(), 10, 1, 100)) {
            assertThat(cluster.hubs()).hasSize(2);
            FanOutRun.Report report = run.atRate(20, Duration.ofSeconds(1));
            assertThat(report.delivered()).isEqualTo(200);
            assertThat(report.isClean()).isTrue();
            assertThat(cluster.hubPids()).hasSize(2).doesNotContain(cluster.brokerPid());
        }
    }

    @Test
    void whatCannotBeIsRefused() throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> new FanOutRun(hubs, 10, 3, 100).close());
        hub.close();
        assertThatExceptionOfType(ConnectFailed.class).isThrownBy(() -> new FanOutRun(hubs, 1, 1, 100).close());
    }
}
