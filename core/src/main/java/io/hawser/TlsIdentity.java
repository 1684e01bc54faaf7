package io.hawser;

import io.hawser.internal.tls.KeyPairs;
import io.hawser.internal.tls.PemIdentity;
import io.hawser.internal.tls.PemText;
import io.hawser.internal.tls.TlsFiles;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// The certificate that one side shows, and the key that proves it is its own.
public sealed interface TlsIdentity {
    /// This identity with its files read and checked: they parse, and the key belongs to the first certificate.
    ///
    /// @throws StartupFailed naming the file and what is wrong with it
    InMemory load();

    /// A chain and a key in PEM files.
    record PemFiles(Path certificateChain, Path privateKey) implements TlsIdentity {
        @Override
        public InMemory load() {
            return PemIdentity.load(this, TlsFiles.read(List.of(certificateChain, privateKey)));
        }
    }

    /// A chain and a key at hand, for those that keep theirs elsewhere than in files.
    ///
    /// @param chain the own certificate first; at least one
    record InMemory(List<X509Certificate> chain, PrivateKey key) implements TlsIdentity {
        public InMemory {
            chain = List.copyOf(chain);
            if (chain.isEmpty()) throw new IllegalArgumentException("chain: at least one certificate is needed");
            if (!KeyPairs.match(key, chain.getFirst().getPublicKey())) {
                throw new IllegalArgumentException("key: it does not belong to the first certificate, "
                        + chain.getFirst().getSubjectX500Principal());
            }
        }

        @Override
        public InMemory load() {
            return this;
        }

        /// The chain as PEM text.
        public String certificatePem() {
            return PemText.of(chain).toString();
        }

        /// The key as PEM text, in PKCS #8 and not encrypted: a secret.
        ///
        /// @throws IllegalArgumentException if the key does not leave the device that keeps it
        public String keyPem() {
            return PemText.of(key).toString();
        }

        /// The SHA-256 fingerprint of the own certificate: upper-case hexadecimal with colons.
        public String fingerprint() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256")
                        .digest(chain.getFirst().getEncoded());
                return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
            } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
                throw new AssertionError("every JDK has SHA-256, and a parsed certificate its encoding", e);
            }
        }

        /// Says nothing of the key.
        @Override
        public String toString() {
            return "InMemory[" + chain.getFirst().getSubjectX500Principal() + ", SHA-256 " + fingerprint() + "]";
        }
    }
}
