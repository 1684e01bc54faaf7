package io.hawser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Tls.ClientVerification;
import io.hawser.Tls.Protocol;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsTest {
    private static final Path CHAIN = Path.of("chain.pem");
    private static final Path KEY = Path.of("key.pem");

    @Test
    void theDefaultsAreSafe() {
        Tls client = Tls.client();
        assertThat(client.identity()).isEmpty();
        assertThat(client.trust()).isEqualTo(TlsTrust.system());
        assertThat(client.protocols()).containsExactly(Protocol.TLS_1_2, Protocol.TLS_1_3);
        assertThat(client.ciphers()).isEmpty();
        assertThat(client.provider()).isEqualTo(Tls.Provider.AUTO);
        assertThat(client.clientVerification()).isEqualTo(ClientVerification.NONE);
        assertThat(client.handshakeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(Tls.server(CHAIN, KEY))
                .isEqualTo(client.withIdentity(new TlsIdentity.PemFiles(CHAIN, KEY)))
                .isEqualTo(client.withCertificate(CHAIN, KEY));
    }

    @Test
    void eachCopyChangesOneThingOnly() {
        Tls tls = Tls.selfSigned()
                .withTrust(KEY)
                .withClientVerification(ClientVerification.REQUIRED)
                .withProtocols(Protocol.TLS_1_3)
                .withCiphers("TLS_AES_128_GCM_SHA256")
                .withProvider(Tls.Provider.JDK)
                .withHandshakeTimeout(Duration.ofMillis(1));
        Tls again = tls.withCertificate(CHAIN, KEY)
                .withIdentity(tls.identity().orElseThrow())
                .withTrust(CHAIN)
                .withTrust(KEY)
                .withClientVerification(ClientVerification.NONE)
                .withClientVerification(ClientVerification.REQUIRED)
                .withCiphers()
                .withProtocols(Protocol.TLS_1_2)
                .withProtocols(Protocol.TLS_1_3)
                .withCiphers("TLS_AES_128_GCM_SHA256")
                .withProvider(Tls.Provider.AUTO)
                .withProvider(Tls.Provider.JDK)
                .withHandshakeTimeout(Duration.ofDays(1))
                .withHandshakeTimeout(Duration.ofMillis(1));
        assertThat(again).isEqualTo(tls).hasSameHashCodeAs(tls);
        assertThat(tls.trust()).isEqualTo(new TlsTrust.PemFile(KEY));
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tls.client().withProtocols())
                .withMessage("protocols: at least one is needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tls.client().withCiphers("TLS_AES_128_GCM_SHA256"))
                .withMessage("ciphers [TLS_AES_128_GCM_SHA256]: none is for TLSv1.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tls.client().withCiphers("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
                .withMessage("ciphers [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]: none is for TLSv1.3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tls.client().withHandshakeTimeout(Duration.ofNanos(999_999)))
                .withMessage("handshakeTimeout PT0.000999999S: at least 1 ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tls.client().withTrustPem("hello"))
                .withMessage("there is no certificate in it (nor any other PEM block)");
        assertThatIllegalArgumentException().isThrownBy(() -> new TlsTrust.Certificates(List.of()));
    }

    @Test
    void anIdentityHoldsAPairThatBelongsTogether() throws Exception {
        TlsIdentity.InMemory good =
                (TlsIdentity.InMemory) Tls.selfSigned().identity().orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TlsIdentity.InMemory(List.of(), good.key()))
                .withMessage("chain: at least one certificate is needed");
        for (String algorithm : List.of("EC", "Ed25519")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TlsIdentity.InMemory(
                            good.chain(),
                            KeyPairGenerator.getInstance(algorithm)
                                    .generateKeyPair()
                                    .getPrivate()))
                    .withMessage("key: it does not belong to the first certificate, CN=localhost");
        }
    }

    @Test
    void theCertificateIsShownButNeverTheKey() {
        Tls tls = Tls.selfSigned();
        String pem = tls.certificatePem();
        assertThat(pem).startsWith("-----BEGIN CERTIFICATE-----\n").endsWith("\n-----END CERTIFICATE-----\n");
        assertThat(pem.lines()).allMatch(line -> line.length() <= 64);
        assertThat(tls.certificateFingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(tls.toString()).contains(tls.certificateFingerprint()).doesNotContain("PrivateKey");
        assertThat(Tls.client().withTrustPem(pem).trust())
                .isEqualTo(new TlsTrust.Certificates(
                        tls.identity().orElseThrow().load().chain()));
    }

    @Test
    void withoutACertificateThereIsNoneToShow() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Tls.client().certificatePem())
                .withMessage("these TLS settings have no certificate");
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(() -> Tls.server(Path.of("no-such.pem"), KEY).certificatePem())
                .withMessage("TLS certificate no-such.pem does not exist");
    }
}
