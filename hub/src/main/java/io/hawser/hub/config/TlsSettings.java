package io.hawser.hub.config;

import io.hawser.Tls;
import io.hawser.Tls.ClientVerification;
import java.nio.file.Path;
import java.util.Optional;

/// The certificate that the hub shows. Its files are read again when they change.
///
/// @param certificate a PEM file: the certificate, then those between it and the root; without, a new one
///     for localhost at each start
/// @param key the PEM file of its key, not encrypted
/// @param clientTrust the PEM file of those who sign the certificates of clients, which may show none;
///     without, none is asked for
/// @param clientCrls the PEM file of what they have revoked, with a list of each of them
/// @param plainAllowed whether connections without TLS are served too, on the same port; without, they are, and
///     where others can connect the log warns of it
public record TlsSettings(
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Path> clientTrust,
        Optional<Path> clientCrls,
        Optional<Boolean> plainAllowed) {
    private static final TlsSettings DEFAULTS =
            new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public TlsSettings {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("certificate and key: both or neither");
        }
        if (clientCrls.isPresent() && clientTrust.isEmpty()) {
            throw new IllegalArgumentException("client_crls: only with client_trust");
        }
    }

    public static TlsSettings defaults() {
        return DEFAULTS;
    }

    Tls toTls() {
        Tls tls = certificate.isPresent() && key.isPresent()
                ? Tls.server(certificate.get(), key.get())
                : Tls.selfSigned();
        if (clientTrust.isEmpty()) return tls;
        Tls asking = tls.withTrust(clientTrust.get()).withClientVerification(ClientVerification.WANT);
        return clientCrls.map(asking::withCrls).orElse(asking);
    }
}
