package io.hawser.internal.tls;

import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// Which of Netty's TLS engines there are, and which one to take.
public final class TlsProviders {
    /// The suites of TLS 1.3, best first.
    static final List<String> TLS_1_3_CIPHERS =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private TlsProviders() {}

    /// OpenSSL is taken with its reference counts, not with finalizers: these would cost at each connection.
    static SslProvider choose(Tls tls, Optional<TlsIdentity.InMemory> identity) {
        return switch (tls.provider()) {
            case JDK -> SslProvider.JDK;
            case OPENSSL -> {
                if (!OpenSsl.isAvailable()) {
                    throw new StartupFailed(
                            "TLS: provider OPENSSL needs netty-tcnative-boringssl-static for this platform",
                            OpenSsl.unavailabilityCause());
                }
                if (choosesAmongNewCiphers(tls)) {
                    throw new StartupFailed(
                            "TLS: " + OpenSsl.versionString() + " speaks all ciphers of TLSv1.3 or none: list "
                                    + String.join(", ", TLS_1_3_CIPHERS) + ", or choose provider JDK",
                            null);
                }
                if (!fitsOpenSsl(identity)) {
                    throw new StartupFailed(
                            "TLS: " + OpenSsl.versionString() + " takes RSA and EC keys only: choose provider JDK",
                            null);
                }
                yield SslProvider.OPENSSL_REFCNT;
            }
            case AUTO ->
                OpenSsl.isAvailable() && !choosesAmongNewCiphers(tls) && fitsOpenSsl(identity)
                        ? SslProvider.OPENSSL_REFCNT
                        : SslProvider.JDK;
        };
    }

    private static boolean choosesAmongNewCiphers(Tls tls) {
        return tls.protocols().contains(Tls.Protocol.TLS_1_3)
                && !tls.ciphers().isEmpty()
                && !tls.ciphers().containsAll(TLS_1_3_CIPHERS);
    }

    /// Keys of other kinds load, but Netty's binding then finds none to sign a handshake with.
    private static boolean fitsOpenSsl(Optional<TlsIdentity.InMemory> identity) {
        return identity.map(held -> held.key().getAlgorithm())
                .map(algorithm -> algorithm.equals("RSA") || algorithm.equals("EC"))
                .orElse(true);
    }

    static String describe(SslProvider provider) {
        return provider == SslProvider.JDK ? "JDK " + Runtime.version().feature() : OpenSsl.versionString();
    }

    static Set<String> ciphers(SslProvider provider) {
        if (provider != SslProvider.JDK) return OpenSsl.availableJavaCipherSuites();
        try {
            return Set.copyOf(Arrays.asList(
                    SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()));
        } catch (NoSuchAlgorithmException e) {
            throw new StartupFailed("TLS: this JDK's default settings do not load", e);
        }
    }
}
