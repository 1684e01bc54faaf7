package io.hawser.internal.tls;

import io.hawser.StartupFailed;
import io.hawser.TlsIdentity;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;

/// Makes an identity of PEM files, and refuses a pair that does not belong together.
public final class PemIdentity {
    private PemIdentity() {}

    /// The identity that the files of `pem` held.
    ///
    /// @throws StartupFailed naming the file and what is wrong with it
    public static TlsIdentity.InMemory load(TlsIdentity.PemFiles pem, TlsFiles files) {
        Path chainFile = pem.certificateChain();
        Path keyFile = pem.privateKey();
        List<X509Certificate> chain = certificates(files, chainFile, "TLS certificate");
        PemText keyText = files.pem(keyFile, "TLS key");
        PrivateKeyReader reader = new PrivateKeyReader(keyFile, keyText);
        PrivateKey key = reader.read(chain.getFirst().getPublicKey());
        if (!KeyPairs.match(key, chain.getFirst().getPublicKey())) {
            boolean wrongOrder = chain.stream().anyMatch(other -> KeyPairs.match(key, other.getPublicKey()));
            throw new StartupFailed(
                    "TLS key " + keyFile + " does not belong to the "
                            + (wrongOrder ? "first certificate" : "certificate") + " of " + chainFile + " ("
                            + chain.getFirst().getSubjectX500Principal() + ")"
                            + (wrongOrder ? " but to a later one: the server's own must come first" : ""),
                    null);
        }
        return new TlsIdentity.InMemory(chain, key);
    }

    static List<X509Certificate> certificates(TlsFiles files, Path file, String role) {
        return read(files, file, role, PemText::certificates);
    }

    static List<X509CRL> crls(TlsFiles files, Path file, String role) {
        return read(files, file, role, PemText::crls);
    }

    private static <T> List<T> read(TlsFiles files, Path file, String role, Function<PemText, List<T>> reader) {
        PemText text = files.pem(file, role);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw TlsFiles.fault(role, file, e);
        }
    }
}
