package io.hawser.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.HawserException.Processed;
import io.hawser.StartupFailed;
import io.hawser.TlsIdentity;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PemIdentityTest {
    @TempDir
    private Path folder;

    private Pki pki;
    private X509Bundle bundle;
    private TlsIdentity.PemFiles pem;

    @BeforeEach
    void writeAGoodPair() throws Exception {
        pki = new Pki();
        bundle = pki.issue();
        pem = Pki.write(folder, bundle);
    }

    @ParameterizedTest
    @EnumSource(names = {"ecp256", "ecp384", "rsa2048", "ed25519"})
    void aPairOfAnyUsualAlgorithmLoads(Algorithm algorithm) throws Exception {
        X509Bundle other = pki.issue(new CertificateBuilder().algorithm(algorithm));
        TlsIdentity.InMemory loaded = Pki.write(folder, other).load();
        assertThat(loaded.chain()).containsExactly(other.getCertificatePath());
        assertThat(loaded.key()).isEqualTo(other.getKeyPair().getPrivate());
    }

    @ParameterizedTest
    @CsvSource({"rsa2048, RSA", "ecp256, EC", "ecp384, EC"})
    void theOlderFormsOfKeysLoad(Algorithm algorithm, String label) throws Exception {
        X509Bundle other = pki.issue(new CertificateBuilder().algorithm(algorithm));
        Pki.write(folder, other);
        byte[] older = PrivateKeyInfo.getInstance(
                        other.getKeyPair().getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        writeKey(block(label + " PRIVATE KEY", older));
        assertThat(pem.load().key()).isEqualTo(other.getKeyPair().getPrivate());
    }

    @Test
    void oneFileMayHoldBoth() throws Exception {
        Path both = folder.resolve("both.pem");
        Files.writeString(both, bundle.getPrivateKeyPEM() + bundle.getCertificatePathPEM());
        TlsIdentity.InMemory loaded = new TlsIdentity.PemFiles(both, both).load();
        assertThat(loaded.certificatePem()).contains("BEGIN CERTIFICATE").doesNotContain("PRIVATE");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        Pki.write(folder, bundle, pki.issue());
        assertRefused("TLS key $KEY does not belong to the certificate of $CHAIN (CN=localhost)");
    }

    @Test
    void aChainInTheWrongOrderIsToldFromAWrongKey() throws Exception {
        Files.writeString(pem.certificateChain(), pki.rootPem() + bundle.getCertificatePEM());
        assertRefused("TLS key $KEY does not belong to the first certificate of $CHAIN (CN=Test Root)"
                + " but to a later one: the server's own must come first");
    }

    @Test
    void aKeyOfAnotherAlgorithmIsRefused() throws Exception {
        Pki.write(folder, bundle, pki.issue(new CertificateBuilder().rsa2048()));
        assertRefused("TLS key $KEY: it is damaged, or not EC as the certificate's is");
        writeKey(block("RSA PRIVATE KEY", new byte[3]));
        assertRefused("TLS key $KEY: it is an RSA key, but the certificate's is EC");
    }

    @Test
    void anEncryptedKeyIsNotTried() throws Exception {
        writeKey(block("ENCRYPTED PRIVATE KEY", new byte[3]));
        assertRefused("TLS key $KEY: the key is encrypted; `openssl pkey -in FILE -out NEW` decrypts it");
        writeKey("-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAQI=\n-----END EC PRIVATE KEY-----\n");
        assertRefused("TLS key $KEY: the key is encrypted; `openssl pkey -in FILE -out NEW` decrypts it");
    }

    @Test
    void whatIsNoUsableKeyIsNamed() throws Exception {
        writeKey(block("OPENSSH PRIVATE KEY", new byte[3]));
        assertRefused("TLS key $KEY: keys of the form OPENSSH PRIVATE KEY are not supported;"
                + " `openssl pkey -in FILE -out NEW` or `ssh-keygen -p -m PKCS8 -f FILE` converts most");
        writeKey(bundle.getCertificatePEM());
        assertRefused("TLS key $KEY: there is no private key in it (only CERTIFICATE)");
        writeKey("hello");
        assertRefused("TLS key $KEY: there is no private key in it (nor any other PEM block)");
        writeKey("-----BEGIN PRIVATE KEY-----\n");
        assertRefused("TLS key $KEY: line 1: the block of this BEGIN has no END");
        writeKey(block("PRIVATE KEY", new byte[3]));
        assertRefused("TLS key $KEY: it is damaged, or not EC as the certificate's is");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        Files.delete(pem.privateKey());
        assertRefused("TLS key $KEY does not exist");
        Files.write(pem.certificateChain(), new byte[TlsFiles.MAX_FILE_BYTES + 1]);
        assertRefused("TLS certificate $CHAIN is larger than 4194304 bytes");
        Files.write(pem.certificateChain(), new byte[TlsFiles.MAX_FILE_BYTES]);
        assertRefused("TLS certificate $CHAIN: there is no certificate in it (nor any other PEM block)");
        Files.delete(pem.certificateChain());
        Files.createDirectory(pem.certificateChain());
        assertRefused("TLS certificate $CHAIN is not a regular file");
    }

    @Test
    void aDamagedCertificateIsNamed() throws Exception {
        Files.writeString(pem.certificateChain(), block("CERTIFICATE", new byte[3]));
        assertRefused("TLS certificate $CHAIN: line 1: the certificate does not parse");
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(pem::load)
                .withMessage(message.replace("$CHAIN", pem.certificateChain().toString())
                        .replace("$KEY", pem.privateKey().toString()))
                .satisfies(failure -> assertThat(failure.processed()).isEqualTo(Processed.NO));
    }

    private void writeKey(String text) throws Exception {
        Files.writeString(pem.privateKey(), text);
    }

    private static String block(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder().encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
