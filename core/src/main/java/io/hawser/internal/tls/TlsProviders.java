package io.hawser.internal.tls;

import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// Which of Netty's TLS engines there are, and which one to take.
public final class TlsProviders {
    private TlsProviders() {}

    /// OpenSSL is taken with its reference counts, not with finalizers: these would cost at each connection.
    static SslProvider choose(Tls.Provider wanted, Optional<TlsIdentity.InMemory> identity) {
        return switch (wanted) {
            case JDK -> SslProvider.JDK;
            case OPENSSL -> {
                if (OpenSsl.isAvailable()) yield SslProvider.OPENSSL_REFCNT;
                throw new StartupFailed(
                        "TLS: provider OPENSSL needs netty-tcnative-boringssl-static for this platform",
                        OpenSsl.unavailabilityCause());
            }
            case AUTO -> OpenSsl.isAvailable() && fitsOpenSsl(identity) ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
        };
    }

    /// BoringSSL has no Edwards curves in its default list of signatures.
    private static boolean fitsOpenSsl(Optional<TlsIdentity.InMemory> identity) {
        return identity.map(held -> held.key().getAlgorithm())
                .map(algorithm -> algorithm.equals("RSA") || algorithm.equals("EC"))
                .orElse(true);
    }

    /// Who does the cryptography where no provider is asked for, e.g. `BoringSSL`.
    public static String describeAuto() {
        return describe(choose(Tls.Provider.AUTO, Optional.empty()));
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
