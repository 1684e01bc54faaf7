package io.hawser.hub.config;

import io.hawser.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whom to believe that he is the NATS server, and what to show one that asks for a certificate.
///
/// @param ca a PEM file of the certificates that sign the servers'; without, the JDK's
/// @param certificate a PEM file of the hub's own certificate, then those between it and the root
/// @param key the PEM file of its key, not encrypted
public record NatsTlsSettings(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    private static final NatsTlsSettings DEFAULTS =
            new NatsTlsSettings(Optional.empty(), Optional.empty(), Optional.empty());
    private static final char[] NO_PASSWORD = {};

    public NatsTlsSettings {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("certificate and key: both or neither");
        }
    }

    public static NatsTlsSettings defaults() {
        return DEFAULTS;
    }

    /// @throws IllegalArgumentException if the file of `ca` holds no certificates
    /// @throws io.hawser.StartupFailed if certificate and key cannot be used
    Optional<SSLContext> context() {
        if (ca.isEmpty() && certificate.isEmpty()) return Optional.empty();
        TrustManager @Nullable [] trusted = ca.isPresent() ? trusting(ca.get()) : null;
        KeyManager[] shown = certificate.isPresent() && key.isPresent()
                ? showing(new TlsIdentity.PemFiles(certificate.get(), key.get()).load())
                : new KeyManager[0];
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown, trusted, null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("hub.nats.tls cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static TrustManager[] trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = empty();
            int count = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca-" + count++, each);
            }
            if (count == 0) throw new IllegalArgumentException("hub.nats.tls.ca " + file + " holds no certificate");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return trust.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("hub.nats.tls.ca " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] showing(TlsIdentity.InMemory identity) {
        try {
            KeyStore shown = empty();
            shown.setKeyEntry(
                    "hub", identity.key(), NO_PASSWORD, identity.chain().toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(shown, NO_PASSWORD);
            return keys.getKeyManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("hub.nats.tls.certificate cannot be used: " + e.getMessage(), e);
        }
    }
}
