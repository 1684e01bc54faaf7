package io.hawser.internal.tls;

import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Makes Netty's contexts of our settings.
///
/// @param alpn the protocols to offer or accept, best first; none: no negotiation
record TlsContextBuilder(Tls tls, List<String> alpn) {
    /// Forward secrecy and authenticated encryption only, so that HTTP/2 accepts all of them.
    ///
    /// Source: RFC 9325 section 4.2, RFC 9113 section 9.2.2
    private static final List<String> TLS_1_2_CIPHERS = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final List<String> CIPHERS = Stream.of(TlsProviders.TLS_1_3_CIPHERS, TLS_1_2_CIPHERS)
            .flatMap(List::stream)
            .toList();

    private static final long SESSIONS = 20_000;
    private static final long SESSION_SECONDS = 3_600;

    TlsContextBuilder {
        alpn = List.copyOf(alpn);
    }

    SslContext server(TlsMaterial material) {
        TlsIdentity.InMemory identity = material.identity()
                .orElseThrow(() -> new StartupFailed("TLS: a server needs a certificate and its key", null));
        if (tls.clientVerification() != Tls.ClientVerification.NONE
                && material.trust().isEmpty()) {
            throw new StartupFailed(
                    "TLS: clientVerification " + tls.clientVerification()
                            + " needs trust: the certificates that sign those of the clients",
                    null);
        }
        ClientAuth clientAuth = switch (tls.clientVerification()) {
            case NONE -> ClientAuth.NONE;
            case WANT -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
        return build(
                SslContextBuilder.forServer(identity.key(), identity.chain()).clientAuth(clientAuth), material, true);
    }

    SslContext client(TlsMaterial material) {
        SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
        material.identity().ifPresent(identity -> builder.keyManager(identity.key(), identity.chain()));
        return build(builder, material, false);
    }

    private SslContext build(SslContextBuilder builder, TlsMaterial material, boolean server) {
        SslProvider provider = TlsProviders.choose(tls, material.identity());
        if (!material.crls().isEmpty()) builder.trustManager(CrlTrust.of(material));
        else if (!material.trust().isEmpty()) builder.trustManager(material.trust());
        builder.sslProvider(provider)
                .protocols(
                        tls.protocols().stream().map(Tls.Protocol::standardName).toList())
                .ciphers(ciphers(provider), SupportedCipherSuiteFilter.INSTANCE)
                .sessionCacheSize(SESSIONS)
                .sessionTimeout(SESSION_SECONDS);
        if (!alpn.isEmpty()) builder.applicationProtocolConfig(negotiation(provider, server));
        try {
            SslContext context = builder.build();
            tls.keyLog().ifPresent(file -> KeyLog.begin(context, file));
            return context;
        } catch (SSLException | IllegalArgumentException e) {
            throw new StartupFailed("TLS: " + TlsProviders.describe(provider) + " refuses the settings: " + e, e);
        }
    }

    private List<String> ciphers(SslProvider provider) {
        if (tls.ciphers().isEmpty()) return CIPHERS;
        Set<String> supported = TlsProviders.ciphers(provider);
        for (String cipher : tls.ciphers()) {
            if (supported.contains(cipher)) continue;
            throw new StartupFailed("TLS: " + TlsProviders.describe(provider) + " has no cipher " + cipher, null);
        }
        return tls.ciphers();
    }

    /// Netty can let the JDK end the handshake when no protocol fits, but not OpenSSL: there [AlpnGate] does.
    private ApplicationProtocolConfig negotiation(SslProvider provider, boolean server) {
        boolean fatal = server && provider == SslProvider.JDK;
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                fatal ? SelectorFailureBehavior.FATAL_ALERT : SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                alpn);
    }
}
