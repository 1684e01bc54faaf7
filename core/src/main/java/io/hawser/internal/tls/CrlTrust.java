package io.hawser.internal.tls;

import io.hawser.StartupFailed;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Trust in certificates that are in no revocation list. Only the lists at hand are looked at, never the
/// network.
///
/// Source: RFC 5280 section 6.3
final class CrlTrust {
    private static final String PKIX = "PKIX";

    private CrlTrust() {}

    static TrustManagerFactory of(TlsMaterial material) {
        try {
            PKIXBuilderParameters parameters =
                    new PKIXBuilderParameters(anchors(material.trust()), new X509CertSelector());
            PKIXRevocationChecker checker =
                    (PKIXRevocationChecker) CertPathBuilder.getInstance(PKIX).getRevocationChecker();
            checker.setOptions(EnumSet.of(Option.PREFER_CRLS, Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(material.crls())));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(PKIX);
            factory.init(new CertPathTrustManagerParameters(parameters));
            return factory;
        } catch (GeneralSecurityException e) {
            throw new StartupFailed("TLS: the revocation lists cannot be used: " + e, e);
        }
    }

    private static Set<TrustAnchor> anchors(List<X509Certificate> trust) throws GeneralSecurityException {
        List<X509Certificate> roots = trust.isEmpty() ? rootsOfTheJdk() : trust;
        return roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
    }

    private static List<X509Certificate> rootsOfTheJdk() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(PKIX);
        @Nullable KeyStore ofTheJdk = null;
        factory.init(ofTheJdk);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }
}
