package io.hawser.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.pkitesting.X509Bundle;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PemTextTest {
    @Test
    void certificatesPrintAndParseBack() throws Exception {
        X509Bundle bundle = new Pki().issue();
        List<X509Certificate> chain = List.of(bundle.getCertificatePathWithRoot());
        assertThat(PemText.parse(PemText.of(chain).toString()).certificates()).isEqualTo(chain);
        assertThat(PemText.parse(bundle.getCertificatePEM()).certificates()).containsExactly(bundle.getCertificate());
    }

    @Test
    void whatStandsAroundTheBlocksDoesNotCount() {
        PemText text = PemText.parse("# a comment\r\n  -----BEGIN A-----\r\nAQ\r\nI=\r\n-----END A-----\r\nBag: x\n"
                + "-----BEGIN B-----\n-----END B-----");
        assertThat(text.blocks()).hasSize(2);
        assertThat(text.blocks().getFirst().content().toHex()).isEqualTo("0102");
        assertThat(text.blocks().getLast().content().isEmpty()).isTrue();
    }

    @Test
    void theHeadersOfAnOldEncryptedKeyAreSeen() {
        PemText text = PemText.parse("""
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00

                AQI=
                -----END RSA PRIVATE KEY-----
                """);
        assertThat(text.blocks().getFirst().hasHeaders()).isTrue();
        assertThat(text.blocks().getFirst().content().toHex()).isEqualTo("0102");
    }

    @Test
    void aFaultNamesItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemText.parse("x\n-----BEGIN A-----\nAQI=\n"))
                .withMessage("line 2: the block of this BEGIN has no END");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemText.parse("-----BEGIN A-----\nAQI=\n-----END B-----\n"))
                .withMessage("line 1: the block of this BEGIN has no END");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemText.parse("x\n\n-----BEGIN A-----\nA!\n-----END A-----\n"))
                .withMessage("line 3: the block is not Base64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemText.parse("\n-----BEGIN CERTIFICATE-----\nAQI=\n-----END CERTIFICATE-----\n")
                        .certificates())
                .withMessage("line 2: the certificate does not parse");
    }

    @Test
    void aTextWithoutCertificatesSaysWhatItHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemText.parse("").certificates())
                .withMessage("there is no certificate in it (nor any other PEM block)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemText.parse("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n")
                        .certificates())
                .withMessage("there is no certificate in it (only PRIVATE KEY)");
    }
}
