package io.hawser.nats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.StartupFailed;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.nats.NatsBackplane;
import io.hawser.nats.NatsConfig;
import io.hawser.nats.NatsRateLimits;
import io.hawser.policy.RateLimit;
import io.hawser.testkit.BackplaneSubject;
import io.hawser.testkit.Heard;
import io.hawser.testkit.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Brokers that refuse this node, from the first or for a time.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(180)
final class NatsCredentialsTest {
    private static final TopicRules RULES = TopicRules.defaults().with("live.", TopicConfig.live());
    private static final Topic LOG = Topic.of("room.1");
    private static final Topic LIVE = Topic.of("live.1");

    @TempDir
    private Path folder;

    private static NatsBackplane start(NatsConfig config, String node) {
        return NatsBackplane.start(config, node, RULES);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 6000 && !condition.getAsBoolean(); i++) TimeUnit.MILLISECONDS.sleep(10);
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void credentialsOfAnAccountAreShownAndOthersAreNamedInTheError() throws Exception {
        JwtOperator operator = new JwtOperator();
        Path good = operator.credentials(folder.resolve("good.creds"), Duration.ZERO);
        Path foreign = new JwtOperator().credentials(folder.resolve("foreign.creds"), Duration.ofHours(1));
        String configuration = operator.configure(folder.resolve("conf")).toString();
        try (NatsServer server = NatsServer.start("-c", configuration)) {
            NatsConfig config = NatsConfig.of(server.url()).withMaxBytes(64 << 20);
            try (NatsBackplane node = start(config.withCredentials(good), "n1")) {
                BackplaneSubject.publish(node, LOG, "a");
            }
            assertThatExceptionOfType(StartupFailed.class).isThrownBy(() -> start(config, "n2"));
            assertThatExceptionOfType(StartupFailed.class)
                    .isThrownBy(() -> start(config.withCredentials(foreign), "n3"))
                    .withMessageContaining(server.url())
                    .withMessageContaining(foreign + ", which count until")
                    .satisfies(failure -> showsNothingOf(foreign, failure.toString()));
            assertThatExceptionOfType(StartupFailed.class)
                    .isThrownBy(() -> start(config.withCredentials(folder.resolve("none.creds")), "n4"))
                    .withMessageContaining("none.creds: there is no such file");
        }
    }

    private static void showsNothingOf(Path credentials, String text) throws IOException {
        for (String secret : Files.readString(credentials).split("\\s+", -1)) {
            if (secret.length() > 40 && secret.matches("[\\w.-]*\\w")) {
                assertThat(text).doesNotContain(secret).doesNotContain(secret.substring(0, 20));
            }
        }
    }

    @Test
    void aNodeWhoseCredentialsHaveExpiredIsBackWhenTheirFileIsRenewed() throws Exception {
        JwtOperator operator = new JwtOperator();
        Path lasting = operator.credentials(folder.resolve("lasting.creds"), Duration.ZERO);
        Path brief = operator.credentials(folder.resolve("short.creds"), Duration.ofSeconds(5));
        String configuration = operator.configure(folder.resolve("conf")).toString();
        Heard heard = new Heard();
        try (NatsServer server = NatsServer.start("-c", configuration);
                Warnings warnings = new Warnings()) {
            NatsConfig config = NatsConfig.of(server.url()).withMaxBytes(64 << 20);
            try (NatsBackplane other = start(config.withCredentials(lasting), "other");
                    NatsBackplane node = start(config.withCredentials(brief), "node");
                    var _ = node.listen(heard);
                    var _ = node.nodes().answer((from, request) -> CompletableFuture.completedFuture(request))) {
                node.presence().join(LOG, "s1", "ann");
                BackplaneSubject.publish(other, LOG, "before");
                heard.await(LOG, 1);
                // The client library has given up by now.
                String warning = warnings.await("no connection to NATS");
                assertThat(warning).contains(brief + ", which count until");
                assertThat(node.status().isConnected()).isFalse();
                BackplaneSubject.publish(other, LOG, "meanwhile");
                // Half of it first, as of a file that is being written.
                String renewed = Files.readString(operator.credentials(folder.resolve("new.creds"), Duration.ZERO));
                Files.writeString(brief, renewed.substring(0, renewed.length() / 2));
                warnings.await("it holds no JWT");
                Files.writeString(brief, renewed);
                await(() -> node.status().isConnected());
                BackplaneSubject.publish(node, LOG, "after");
                assertThat(heard.await(LOG, 3)).isNotNull();
                assertThat(heard.texts(LOG)).containsExactly("before", "meanwhile", "after");
                isWholeMember(node, other, heard);
            }
            assertThat(warnings.told()).isNotEmpty().allSatisfy(text -> showsNothingOf(brief, text));
        }
    }

    /// Live topics, presence and questions go both ways.
    private static void isWholeMember(NatsBackplane node, NatsBackplane other, Heard heard) throws Exception {
        assertThat(BackplaneSubject.await(other.publish(Publication.of(LIVE, Bytes.ofUtf8("x"))))
                        .isLocal())
                .isFalse();
        heard.await(LIVE, 1);
        await(() -> other.presence().members(LOG).size() == 1);
        await(() -> other.nodes().names().contains("node"));
        await(() -> node.nodes().names().contains("other"));
        Bytes question = Bytes.ofUtf8("how are you");
        assertThat(BackplaneSubject.await(other.nodes().ask("node", question))).isEqualTo(question);
        other.presence().join(LOG, "s2", "bob");
        await(() -> node.presence().members(LOG).size() == 2);
    }

    @Test
    void aBrokerThatRefusesAPasswordForATimeIsFoundAgain() throws Exception {
        Path configuration = folder.resolve("conf");
        Files.writeString(configuration, "authorization { user: me, password: right }");
        try (NatsServer server = NatsServer.start("-c", configuration.toString());
                Warnings warnings = new Warnings()) {
            NatsConfig config =
                    NatsConfig.of(server.url().replace("//", "//me:right@")).withMaxBytes(64 << 20);
            try (NatsBackplane node = start(config, "n1");
                    NatsRateLimits limits = NatsRateLimits.open(config, "calls", RateLimit.perSecond(1000))) {
                BackplaneSubject.publish(node, LOG, "a");
                Files.writeString(configuration, "authorization { user: me, password: other }");
                server.kill();
                server.restart();
                assertThat(warnings.await("no connection to NATS")).doesNotContain("right");
                assertThatExceptionOfType(Rejected.class).isThrownBy(() -> limits.take("k", Duration.ZERO));
                Files.writeString(configuration, "authorization { user: me, password: right }");
                server.kill();
                server.restart();
                await(() -> node.status().isConnected());
                BackplaneSubject.publish(node, LOG, "b");
                await(() -> isTaken(limits));
            }
        }
    }

    private static boolean isTaken(NatsRateLimits limits) {
        try {
            return limits.take("k", Duration.ZERO).granted();
        } catch (Rejected notYet) {
            return false;
        }
    }

    @Test
    void aTokenIsShownAndNamedInNoError() throws Exception {
        try (NatsServer server = NatsServer.start("--auth", "open-sesame")) {
            try (NatsBackplane node = start(NatsConfig.of(server.url().replace("//", "//open-sesame@")), "n1")) {
                BackplaneSubject.publish(node, LOG, "a");
            }
            assertThatExceptionOfType(StartupFailed.class)
                    .isThrownBy(() -> start(NatsConfig.of(server.url().replace("//", "//wrong-word@")), "n2"))
                    .withMessageContaining(server.url())
                    .withMessageNotContaining("wrong-word");
        }
    }
}
