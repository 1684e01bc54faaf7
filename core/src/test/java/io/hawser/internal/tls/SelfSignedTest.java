package io.hawser.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.TlsIdentity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
    private final Instant now = Instant.parse("2026-02-03T04:05:06Z");
    private final TlsIdentity.InMemory identity = SelfSigned.generate(now);
    private final X509Certificate certificate = identity.chain().getFirst();

    @Test
    void itIsSignedWithItsOwnKey() throws Exception {
        certificate.verify(certificate.getPublicKey());
        assertThat(KeyPairs.match(identity.key(), certificate.getPublicKey())).isTrue();
        assertThat(certificate.getSubjectX500Principal()).isEqualTo(certificate.getIssuerX500Principal());
        assertThat(certificate.getVersion()).isEqualTo(3);
    }

    @Test
    void itNamesTheMachineInAllWays() throws Exception {
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
    }

    @Test
    void itIsAServersAndAClientsButNoAuthority() throws Exception {
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(certificate.getKeyUsage())
                .isEqualTo(new boolean[] {true, false, false, false, false, false, false, false, false});
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    }

    @Test
    void itIsValidForAYearAndForClocksThatAreADayBehind() {
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(now.minus(1, ChronoUnit.DAYS));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(now.plus(Duration.ofDays(365)));
    }

    @Test
    void noTwoAreAlike() {
        TlsIdentity.InMemory other = SelfSigned.generate(now);
        assertThat(other.chain().getFirst().getSerialNumber()).isNotEqualTo(certificate.getSerialNumber());
        assertThat(other.fingerprint()).isNotEqualTo(identity.fingerprint());
        assertThat(certificate.getSerialNumber().signum()).isEqualTo(1);
    }
}
