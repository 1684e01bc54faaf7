package io.hawser.hub.access;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// The names in client certificates.
final class Certificates {
    private Certificates() {}

    /// The common name of the certificate that the peer has shown and TLS has verified; where it has
    /// none, the whole name of the subject.
    static Optional<String> subject(SSLSession tls) {
        Certificate[] chain;
        try {
            chain = tls.getPeerCertificates();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
        if (!(chain[0] instanceof X509Certificate certificate)) return Optional.empty();
        String name = certificate.getSubjectX500Principal().getName();
        if (name.isEmpty()) return Optional.empty();
        return Optional.of(commonName(name).orElse(name));
    }

    private static Optional<String> commonName(String name) {
        try {
            for (Rdn part : new LdapName(name).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) return Optional.of(String.valueOf(part.getValue()));
            }
            return Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
