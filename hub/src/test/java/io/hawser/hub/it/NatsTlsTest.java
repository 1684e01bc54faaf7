package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.config.HubFile;
import io.hawser.nats.NatsBackplane;
import io.hawser.nats.NatsConfig;
import io.hawser.testkit.BackplaneSubject;
import io.hawser.testkit.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// `hub.nats.tls`, with a broker that asks who comes.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(120)
final class NatsTlsTest {
    @TempDir
    private Path folder;

    /// A certificate NAME.pem and its key NAME.key.
    private void identity(String name) throws IOException {
        TlsIdentity.InMemory made = Tls.selfSigned().identity().orElseThrow().load();
        Files.writeString(folder.resolve(name + ".pem"), made.certificatePem());
        Files.writeString(folder.resolve(name + ".key"), made.keyPem());
    }

    private NatsConfig config(String url, String tls) throws IOException {
        Path file = Files.writeString(
                folder.resolve("hub.conf"),
                "hub.nats { url = \"%s\", tls { %s } }".formatted(url, tls.replace("DIR", folder.toString())));
        return HubFile.source(Optional.of(file))
                .read(HubFile.class)
                .value()
                .toConfig()
                .cluster()
                .nats()
                .orElseThrow()
                .withMaxBytes(64 << 20);
    }

    @Test
    void theBrokerIsBelievedByItsCertificateAndTheHubByItsOwn() throws Exception {
        identity("broker");
        identity("hub");
        try (NatsServer server = NatsServer.start(
                "--tlsverify",
                "--tlscert",
                folder.resolve("broker.pem").toString(),
                "--tlskey",
                folder.resolve("broker.key").toString(),
                "--tlscacert",
                folder.resolve("hub.pem").toString())) {
            String url = server.url().replace("nats://127.0.0.1", "tls://localhost");
            String all = "ca = \"DIR/broker.pem\", certificate = \"DIR/hub.pem\", key = \"DIR/hub.key\"";
            try (NatsBackplane node = NatsBackplane.start(config(url, all), "n1", TopicRules.defaults())) {
                BackplaneSubject.publish(node, Topic.of("room.1"), "a");
                assertThat(node.status().isConnected()).isTrue();
            }
            for (String less : new String[] {
                "ca = \"DIR/broker.pem\"",
                "certificate = \"DIR/hub.pem\", key = \"DIR/hub.key\"",
                "ca = \"DIR/broker.pem\", certificate = \"DIR/broker.pem\", key = \"DIR/broker.key\""
            }) {
                NatsConfig refused = config(url, less);
                assertThatExceptionOfType(StartupFailed.class)
                        .as(less)
                        .isThrownBy(() -> NatsBackplane.start(refused, "n2", TopicRules.defaults()))
                        .withMessageContaining(url);
            }
        }
    }

    @Test
    void aKeyThatIsNotThatOfTheCertificateIsNamed() throws Exception {
        identity("one");
        identity("two");
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(() -> config("tls://a:1", "certificate = \"DIR/one.pem\", key = \"DIR/two.key\""))
                .withMessageContaining("two.key");
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(() -> config("tls://a:1", "certificate = \"DIR/one.pem\""))
                .withMessageContaining("both or neither");
    }
}
