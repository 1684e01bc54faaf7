package io.hawser;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/// Whose certificates the other side may show.
public sealed interface TlsTrust {
    /// The root certificates of the JDK.
    static TlsTrust system() {
        return SystemStore.INSTANCE;
    }

    /// The root certificates of the JDK.
    enum SystemStore implements TlsTrust {
        INSTANCE
    }

    /// The certificates of a PEM file.
    record PemFile(Path pem) implements TlsTrust {}

    /// What `trust` says, but nothing that its authority has revoked. For clients, and for servers that ask
    /// theirs for certificates.
    ///
    /// The lists are all that is looked at: nobody is asked over the network, so nobody can be kept from
    /// answering. Like the other files they are read again when they change; connections that live keep what
    /// they began with.
    ///
    /// Errors: a chain is refused, too, where the list of one of its authorities is missing or past its
    /// time, for then nobody knows.
    ///
    /// @param trust anything but [Pinned], which goes around this
    /// @param crls a PEM file of certificate revocation lists (`X509 CRL`): one of every authority in the
    ///     chains, the root too
    record Unrevoked(TlsTrust trust, Path crls) implements TlsTrust {
        public Unrevoked {
            if (trust instanceof Unrevoked || trust instanceof Pinned) {
                throw new IllegalArgumentException("trust: neither pinned nor with revocation lists already");
            }
        }
    }

    /// What `trust` says, and only with one of these keys in the chain: a key of the server itself, or of an
    /// authority that signs for it. For clients.
    ///
    /// Shape: a pin is `sha256/` and the Base64 of the SHA-256 of a public key's `SubjectPublicKeyInfo`. It is
    /// the hash of RFC 7469 (there `pin-sha256="..."`) and of `curl` (there with two slashes). Give a second
    /// one that is in reserve, or a lost key locks every client out.
    record Pinned(TlsTrust trust, List<String> pins) implements TlsTrust {
        private static final String PREFIX = "sha256/";
        private static final int SHA_256_BYTES = 32;

        public Pinned {
            if (trust instanceof Pinned) throw new IllegalArgumentException("trust: pinned already");
            pins = List.copyOf(pins);
            if (pins.isEmpty()) throw new IllegalArgumentException("pins: at least one is needed");
            pins.forEach(Pinned::check);
        }

        private static void check(String pin) {
            if (pin.startsWith(PREFIX)) {
                try {
                    if (Base64.getDecoder().decode(pin.substring(PREFIX.length())).length == SHA_256_BYTES) return;
                } catch (IllegalArgumentException malformed) {
                    // said below
                }
            }
            throw new IllegalArgumentException("pin " + pin + ": sha256/ and the Base64 of 32 bytes");
        }

        /// The pin of the key of `certificate`.
        public static String of(X509Certificate certificate) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256")
                        .digest(certificate.getPublicKey().getEncoded());
                return PREFIX + Base64.getEncoder().encodeToString(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every JDK has SHA-256", e);
            }
        }
    }

    /// Certificates at hand; at least one.
    record Certificates(List<X509Certificate> certificates) implements TlsTrust {
        public Certificates {
            certificates = List.copyOf(certificates);
            if (certificates.isEmpty()) throw new IllegalArgumentException("certificates: at least one is needed");
        }
    }
}
