package io.hawser.internal.tls;

import io.hawser.TlsIdentity;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
