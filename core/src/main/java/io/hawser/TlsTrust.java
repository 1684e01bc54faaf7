package io.hawser;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
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

    /// Certificates at hand; at least one.
    record Certificates(List<X509Certificate> certificates) implements TlsTrust {
        public Certificates {
            certificates = List.copyOf(certificates);
            if (certificates.isEmpty()) throw new IllegalArgumentException("certificates: at least one is needed");
        }
    }
}
