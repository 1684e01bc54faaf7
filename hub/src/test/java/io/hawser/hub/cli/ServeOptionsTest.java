package io.hawser.hub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Tls;
import io.hawser.hub.HubConfig;
import io.hawser.nats.NatsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServeOptionsTest {
    private static HubConfig config(String... arguments) {
        ServeOptions options = new ServeOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.config();
    }

    private static Optional<String> advice(String... arguments) {
        ServeOptions options = new ServeOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.advice(options.config());
    }

    @Test
    void moreConnectionsInAllAreMoreOfEachProtocol() {
        HubConfig config = config("--max-connections", "30000");
        assertThat(config.listen().maxConnections()).isEqualTo(30_000);
        assertThat(config.listen().protocolLimits()).containsEntry("msgi", 30_000);
        assertThat(config.protocols().maxWebSockets()).isEqualTo(30_000);
    }

    @Test
    void whoTheHubIsToNatsIsSaidWithTheServers() {
        HubConfig config = config("--nats", "nats://a:1,nats://b:2", "--nats-credentials", "hub.creds");
        assertThat(config.cluster().nats())
                .contains(NatsConfig.of("nats://a:1", "nats://b:2").withCredentials(Path.of("hub.creds")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config("--nats-credentials", "hub.creds"))
                .withMessageContaining("need --nats");
    }

    @Test
    void aCertificateOnTheCommandLineDoesNotLetInWhomTheFileRefuses(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("hawser.conf"), "hub.server.tls.plain_allowed = false");
        assertThat(config("--tls-self-signed").listen().isPlainAllowed()).isTrue();
        HubConfig config = config("--config", file.toString(), "--tls-self-signed");
        assertThat(config.listen().tls()).isPresent();
        assertThat(config.listen().isPlainAllowed()).isFalse();
    }

    @Test
    void anOptionChangesWhatItSaysAndLeavesTheRestOfTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("hawser.conf"), """
                hub {
                  nats { url = "nats://a:1", prefix = blue, replicas = 3, storage = memory }
                  server.tls { client_trust = "%s" }
                }
                """.formatted(folder.resolve("ca.pem")));
        HubConfig config = config("--config", file.toString(), "--nats", "nats://b:2", "--tls-self-signed");
        assertThat(config.cluster().nats())
                .contains(NatsConfig.of("nats://b:2")
                        .withPrefix("blue")
                        .withReplicas(3)
                        .withInMemory(true));
        assertThat(config.listen().tls().orElseThrow().clientVerification()).isNotEqualTo(Tls.ClientVerification.NONE);
        assertThat(config("--config", file.toString(), "--nats-replicas", "1")
                        .cluster()
                        .nats()
                        .orElseThrow()
                        .replicas())
                .isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config("--nats-replicas", "3"))
                .withMessageContaining("need --nats");
    }

    @Test
    void plainConnectionsOfOthersBesideTlsAreWarnedOf() {
        assertThat(advice("--tls-self-signed", "--host", "0.0.0.0")).isPresent();
        assertThat(advice("--tls-self-signed")).isEmpty();
        assertThat(advice("--host", "0.0.0.0")).isEmpty();
    }

    @Test
    void aHubOfAnotherNameWithoutATokenOnALoopbackAddressIsWarnedOf(@TempDir Path folder) throws IOException {
        String file = Files.writeString(folder.resolve("hawser.conf"), "hub.server.names = [hub.example]")
                .toString();
        String token =
                Files.writeString(folder.resolve("token"), "correct horse").toString();
        assertThat(advice("--config", file))
                .hasValueSatisfying(advice -> assertThat(advice).contains("names", "127.0.0.1:9000", "admin-token"));
        assertThat(advice("--config", file, "--admin-token-file", token)).isEmpty();
        assertThat(advice()).isEmpty();
    }

    @Test
    void aLimitOfOneProtocolThatTheFileSetsStays(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("hawser.conf"),
                "network { websocket.max_connections = 5, messaging.max_connections = 6 }");
        HubConfig config = config("--config", file.toString(), "--max-connections", "30000");
        assertThat(config.protocols().maxWebSockets()).isEqualTo(5);
        assertThat(config.listen().protocolLimits()).containsEntry("msgi", 6);
    }
}
