package io.hawser.nats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.StartupFailed;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicRules;
import io.hawser.nats.NatsBackplane;
import io.hawser.nats.NatsConfig;
import io.hawser.testkit.NatsServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Brokers that ask who comes, speak TLS, or are not all there.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(180)
final class NatsAccessTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static void isUsable(NatsConfig config) throws Exception {
        try (Backplane node = NatsBackplane.start(config, "n1", TopicRules.defaults())) {
            Topic topic = Topic.of("room.1");
            node.publish(Publication.of(topic, Bytes.ofUtf8("a"))).get(30, TimeUnit.SECONDS);
            assertThat(node.history(topic, Optional.empty(), 10)
                            .get(30, TimeUnit.SECONDS)
                            .messages())
                    .hasSize(1);
        }
    }

    @Test
    void aPasswordIsShownOverTlsAndNamedInNoError(@TempDir Path folder) throws Exception {
        KeyStore pair = pair(folder, "ip:127.0.0.1");
        try (NatsServer server = secure(folder, pair, "--user", "me", "--pass", "secret")) {
            String address = server.url().substring("nats://".length());
            isUsable(NatsConfig.of("tls://me:secret@" + address).withTls(trusting(pair)));
            assertThatExceptionOfType(StartupFailed.class)
                    .isThrownBy(() -> isUsable(
                            NatsConfig.of("tls://me:wrong1234@" + address).withTls(trusting(pair))))
                    .withMessageContaining(address)
                    .withMessageNotContaining("wrong1234");
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefusedThoughItIsTrusted(@TempDir Path folder) throws Exception {
        KeyStore pair = pair(folder, "dns:localhost");
        try (NatsServer server = secure(folder, pair)) {
            String byAddress = server.url().replace("nats:", "tls:");
            isUsable(NatsConfig.of(byAddress.replace("127.0.0.1", "localhost")).withTls(trusting(pair)));
            for (String scheme : new String[] {"tls", "nats"}) {
                NatsConfig wrong =
                        NatsConfig.of(byAddress.replace("tls:", scheme + ":")).withTls(trusting(pair));
                assertThatExceptionOfType(StartupFailed.class).as(scheme).isThrownBy(() -> isUsable(wrong));
            }
        }
    }

    /// A broker that speaks TLS.
    private static NatsServer secure(Path folder, KeyStore pair, String... options) throws Exception {
        Path cert = pem(folder, "CERTIFICATE", pair.getCertificate("nats").getEncoded());
        Path key = pem(folder, "PRIVATE KEY", pair.getKey("nats", PASSWORD).getEncoded());
        return NatsServer.start(Stream.concat(
                        Stream.of("--tls", "--tlscert", cert.toString(), "--tlskey", key.toString()),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void ofSeveralServersOneIsEnough() throws Exception {
        try (NatsServer gone = NatsServer.start();
                NatsServer server = NatsServer.start()) {
            gone.kill();
            isUsable(NatsConfig.of(gone.url(), server.url()));
        }
    }

    /// A key and a certificate of its own.
    ///
    /// @param names that it is for, such as `ip:127.0.0.1`
    private static KeyStore pair(Path folder, String names)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("pair.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "nats",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=broker",
                        "-ext",
                        "san=" + names,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore pair = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            pair.load(in, PASSWORD);
        }
        return pair;
    }

    private static Path pem(Path folder, String what, byte[] encoded) throws IOException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return Files.writeString(
                folder.resolve(what.replace(' ', '-')),
                "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }

    private static SSLContext trusting(KeyStore pair) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("nats", pair.getCertificate("nats"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
