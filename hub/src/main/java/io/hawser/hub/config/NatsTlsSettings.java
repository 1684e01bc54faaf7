package io.hawser.hub.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whom to believe that he is the NATS server.
///
/// @param ca a PEM file of the certificates that sign the servers'; without, the JDK's
public record NatsTlsSettings(Optional<Path> ca) {
    private static final NatsTlsSettings DEFAULTS = new NatsTlsSettings(Optional.empty());

    public static NatsTlsSettings defaults() {
        return DEFAULTS;
    }

    /// @throws IllegalArgumentException if the file holds no certificates
    Optional<SSLContext> context() {
        return ca.map(NatsTlsSettings::trusting);
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca-" + count++, each);
            }
            if (count == 0) throw new IllegalArgumentException("hub.nats.tls.ca " + file + " holds no certificate");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("hub.nats.tls.ca " + file + " cannot be used: " + e.getMessage(), e);
        }
    }
}
