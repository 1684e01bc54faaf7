package io.hawser.hub.bench;

import io.hawser.StartupFailed;
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
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// TLS between the load and its target, whose certificate is checked as by any client. It is the JDK's, like
/// all of the generator.
public final class LoadTls {
    private final SSLContext context;
    private final String host;
    private final int port;
    private final String protocol;

    private LoadTls(SSLContext context, String host, int port, String protocol) {
        this.context = context;
        this.host = host;
        this.port = port;
        this.protocol = protocol;
    }

    /// For connections that speak `protocol`.
    ///
    /// @param host what the certificate has to name
    /// @param protocol the only one to choose (ALPN), such as `http/1.1`
    /// @param trust a PEM file of the only certificates to trust; without, those of the JDK
    /// @throws StartupFailed if it cannot be used
    public static LoadTls to(String host, int port, String protocol, Optional<Path> trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.isPresent() ? trusting(trust.get()) : null, null);
            return new LoadTls(context, host, port, protocol);
        } catch (GeneralSecurityException | IOException e) {
            String where = trust.map(file -> "certificates of " + file + ": ").orElse("TLS: ");
            throw new StartupFailed(where + e.getMessage(), e);
        }
    }

    private static TrustManager @Nullable [] trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("trusted-" + trusted.size(), each);
            }
        }
        if (trusted.size() == 0) throw new IOException("there are none");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }

    /// For one connection.
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {protocol});
        engine.setSSLParameters(parameters);
        return engine;
    }
}
