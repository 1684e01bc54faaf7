package io.hawser.internal.tls;

import io.hawser.TlsIdentity;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A certificate authority for tests, and files of what it issues.
public final class Pki {
    private final X509Bundle root;

    public Pki() throws Exception {
        this.root = new CertificateBuilder()
                .subject("CN=Test Root")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    /// A certificate of `localhost` and the loopback addresses.
    public X509Bundle issue() throws Exception {
        return issue(new CertificateBuilder());
    }

    public X509Bundle issue(CertificateBuilder builder) throws Exception {
        return issue(builder, "localhost", "127.0.0.1", "::1");
    }

    public X509Bundle issue(CertificateBuilder builder, String name, String... addresses) throws Exception {
        builder.subject("CN=" + name).addSanDnsName(name);
        for (String address : addresses) builder.addSanIpAddress(address);
        return builder.buildIssuedBy(root);
    }

    public String rootPem() {
        return root.getCertificatePEM();
    }

    public X509Bundle root() {
        return root;
    }

    /// What `authority` has revoked, as PEM text.
    public static String crl(X509Bundle authority, Instant from, Instant until, X509Bundle... revoked)
            throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
        byte[][] entries = Arrays.stream(revoked)
                .map(each -> Der.sequence(Der.integer(each.getCertificate().getSerialNumber()), Der.time(from)))
                .toArray(byte[][]::new);
        List<byte[]> parts = new ArrayList<>(List.of(
                Der.integer(BigInteger.ONE),
                algorithm,
                authority.getCertificate().getSubjectX500Principal().getEncoded(),
                Der.time(from),
                Der.time(until)));
        if (entries.length > 0) parts.add(Der.sequence(entries));
        byte[] body = Der.sequence(parts.toArray(byte[][]::new));
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(authority.getKeyPair().getPrivate());
        signer.update(body);
        byte[] list = Der.sequence(body, algorithm, Der.bits(0, signer.sign()));
        return "-----BEGIN X509 CRL-----\n" + Base64.getMimeEncoder().encodeToString(list)
                + "\n-----END X509 CRL-----\n";
    }

    /// As [#crl(X509Bundle, Instant, Instant, X509Bundle...)], valid today.
    public static String crl(X509Bundle authority, X509Bundle... revoked) throws GeneralSecurityException {
        Instant now = Instant.now();
        return crl(authority, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)), revoked);
    }

    public static TlsIdentity.InMemory identity(X509Bundle bundle) {
        return new TlsIdentity.InMemory(
                List.of(bundle.getCertificatePath()), bundle.getKeyPair().getPrivate());
    }

    /// Writes `chain.pem` and `key.pem` into `folder`.
    public static TlsIdentity.PemFiles write(Path folder, X509Bundle bundle) throws IOException {
        return write(folder, bundle, bundle);
    }

    public static TlsIdentity.PemFiles write(Path folder, X509Bundle certificate, X509Bundle key) throws IOException {
        return new TlsIdentity.PemFiles(
                Files.writeString(folder.resolve("chain.pem"), certificate.getCertificatePathPEM()),
                Files.writeString(folder.resolve("key.pem"), key.getPrivateKeyPEM()));
    }
}
