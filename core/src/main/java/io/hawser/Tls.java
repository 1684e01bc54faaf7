package io.hawser;

import io.hawser.internal.tls.PemText;
import io.hawser.internal.tls.SelfSigned;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How a server or a client speaks TLS.
///
/// ```java
/// Tls server = Tls.server(Path.of("chain.pem"), Path.of("key.pem"));
/// Tls mutual = server.withTrust(Path.of("clients-ca.pem"))
///         .withClientVerification(Tls.ClientVerification.REQUIRED);
/// Tls client = Tls.client();
/// ```
///
/// Files are read when a server or client starts, and again when they change: new connections then get the new
/// certificate, those that live keep theirs. A new pair that does not fit is logged, and the old one stays.
/// Clients check the chain and the host name; there is no switch that turns this off, [#withTrustPem] trusts a
/// development certificate instead.
///
/// Errors: [StartupFailed] from the start of a server or client, naming the file and what is wrong with it.
/// A client of HTTP reads the files with its first call of `https`: that fails with [ConnectFailed], and
/// this as its cause.
///
/// @param identity the certificate and key to show; servers need one
/// @param trust whose certificates the other side may show
/// @param clientVerification whether a server asks clients for a certificate
/// @param protocols the versions of TLS; the older ones do not exist here
/// @param ciphers cipher suites by their standard names, best first; empty for those with forward secrecy and
///     authenticated encryption that the provider has
/// @param provider who does the cryptography
/// @param handshakeTimeout after which a handshake that is not done ends its connection
/// @param keyLog a file that the secrets of every connection are added to; see [#withKeyLog]
public record Tls(
        Optional<TlsIdentity> identity,
        TlsTrust trust,
        ClientVerification clientVerification,
        Set<Protocol> protocols,
        List<String> ciphers,
        Provider provider,
        Duration handshakeTimeout,
        Optional<Path> keyLog) {

    /// Whether a server asks clients for a certificate.
    public enum ClientVerification {
        NONE,
        /// Asks; a client may show none, but not one that is not trusted.
        WANT,
        /// Asks, and ends the handshake of a client without one.
        REQUIRED
    }

    /// The versions of TLS that are spoken.
    public enum Protocol {
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String standardName;

        Protocol(String standardName) {
            this.standardName = standardName;
        }

        /// The name that the JDK uses, e.g. `TLSv1.3`.
        public String standardName() {
            return standardName;
        }
    }

    /// Who does the cryptography.
    public enum Provider {
        /// [#OPENSSL] where its library is on the class path, [#JDK] otherwise.
        AUTO,
        JDK,
        /// BoringSSL, by the optional dependency netty-tcnative-boringssl-static.
        OPENSSL
    }

    public Tls {
        if (protocols.isEmpty()) throw new IllegalArgumentException("protocols: at least one is needed");
        protocols = Collections.unmodifiableSet(EnumSet.copyOf(protocols));
        ciphers = List.copyOf(ciphers);
        for (Protocol protocol : protocols) checkCiphers(protocol, ciphers);
        if (handshakeTimeout.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("handshakeTimeout " + handshakeTimeout + ": at least 1 ms");
        }
    }

    /// Only the suites of TLS 1.2 have `_WITH_` in their names.
    private static void checkCiphers(Protocol protocol, List<String> ciphers) {
        boolean fits = ciphers.stream().anyMatch(name -> name.contains("_WITH_") == (protocol == Protocol.TLS_1_2));
        if (fits || ciphers.isEmpty()) return;
        throw new IllegalArgumentException("ciphers " + ciphers + ": none is for " + protocol.standardName);
    }

    private static Tls defaults(Optional<TlsIdentity> identity) {
        return new Tls(
                identity,
                TlsTrust.system(),
                ClientVerification.NONE,
                EnumSet.allOf(Protocol.class),
                List.of(),
                Provider.AUTO,
                Duration.ofSeconds(10),
                Optional.empty());
    }

    /// A server with a certificate and key from PEM files.
    ///
    /// @param certificateChain the server's certificate first, then those between it and the root
    /// @param privateKey its key, not encrypted: PKCS#8, or the older RSA and EC forms
    public static Tls server(Path certificateChain, Path privateKey) {
        return defaults(Optional.of(new TlsIdentity.PemFiles(certificateChain, privateKey)));
    }

    /// A server for development, with a new certificate for localhost, 127.0.0.1 and ::1 that is valid for a
    /// year.
    ///
    /// It is kept in memory only. Clients reach it by trusting [#certificatePem()].
    public static Tls selfSigned() {
        return defaults(Optional.of(SelfSigned.generate(Instant.now())));
    }

    /// A client that trusts the JDK's root certificates.
    public static Tls client() {
        return defaults(Optional.empty());
    }

    /// The same with the certificate and key of two PEM files, as in [#server(Path, Path)]; for a client it
    /// is the one that servers may ask for.
    public Tls withCertificate(Path certificateChain, Path privateKey) {
        return withIdentity(new TlsIdentity.PemFiles(certificateChain, privateKey));
    }

    public Tls withIdentity(TlsIdentity newIdentity) {
        return new Tls(
                Optional.of(newIdentity),
                trust,
                clientVerification,
                protocols,
                ciphers,
                provider,
                handshakeTimeout,
                keyLog);
    }

    /// The same trusting the certificates of a PEM file, and no others.
    public Tls withTrust(Path pem) {
        return withTrust(new TlsTrust.PemFile(pem));
    }

    /// The same trusting the certificates of a PEM text, and no others.
    ///
    /// @throws IllegalArgumentException if the text holds no certificate, or one that does not parse
    public Tls withTrustPem(String pem) {
        return withTrust(new TlsTrust.Certificates(PemText.parse(pem).certificates()));
    }

    /// The same client, which besides wants one of these keys in the server's chain; see [TlsTrust.Pinned]. They
    /// belong to the trust that is set, so they come after it.
    ///
    /// @throws IllegalArgumentException if a pin is none, there is none, or the trust has pins already
    public Tls withPins(String... pins) {
        return withTrust(new TlsTrust.Pinned(trust, List.of(pins)));
    }

    /// The same, which refuses what the revocation lists of a PEM file name, in place of those given before;
    /// see [TlsTrust.Unrevoked]. It belongs to the trust that is set, so it comes after it.
    public Tls withCrls(Path pem) {
        return withTrust(unrevoked(trust, pem));
    }

    private static TlsTrust unrevoked(TlsTrust trust, Path crls) {
        if (trust instanceof TlsTrust.Pinned pinned) {
            return new TlsTrust.Pinned(unrevoked(pinned.trust(), crls), pinned.pins());
        }
        return new TlsTrust.Unrevoked(trust instanceof TlsTrust.Unrevoked before ? before.trust() : trust, crls);
    }

    public Tls withTrust(TlsTrust newTrust) {
        return new Tls(identity, newTrust, clientVerification, protocols, ciphers, provider, handshakeTimeout, keyLog);
    }

    /// The same server asking clients for a certificate. It needs to be told which ones to trust: that one
    /// of the public authorities knows a client says nothing about it.
    public Tls withClientVerification(ClientVerification newVerification) {
        return new Tls(identity, trust, newVerification, protocols, ciphers, provider, handshakeTimeout, keyLog);
    }

    public Tls withProtocols(Protocol... newProtocols) {
        Set<Protocol> set = EnumSet.noneOf(Protocol.class);
        set.addAll(Arrays.asList(newProtocols));
        return new Tls(identity, trust, clientVerification, set, ciphers, provider, handshakeTimeout, keyLog);
    }

    public Tls withCiphers(String... newCiphers) {
        return new Tls(
                identity,
                trust,
                clientVerification,
                protocols,
                List.of(newCiphers),
                provider,
                handshakeTimeout,
                keyLog);
    }

    public Tls withProvider(Provider newProvider) {
        return new Tls(identity, trust, clientVerification, protocols, ciphers, newProvider, handshakeTimeout, keyLog);
    }

    public Tls withHandshakeTimeout(Duration newTimeout) {
        return new Tls(identity, trust, clientVerification, protocols, ciphers, provider, newTimeout, keyLog);
    }

    /// The same, which adds the secrets of every connection to a file, so that Wireshark can read a capture
    /// of them: for finding a fault, never for use. Who reads the file reads the traffic; the log warns at
    /// each start. A new file is for its owner only; one that others may use, or a link, fails the start
    /// where the file system knows that.
    ///
    /// The format is that of `SSLKEYLOGFILE`. It needs [Provider#OPENSSL], for the JDK does not tell its
    /// secrets; with [Provider#JDK] the start fails. On the module path it needs besides
    /// `--add-opens io.netty.handler/io.netty.handler.ssl=io.hawser`.
    public Tls withKeyLog(Path file) {
        return new Tls(
                identity, trust, clientVerification, protocols, ciphers, provider, handshakeTimeout, Optional.of(file));
    }

    /// The certificate chain as PEM text, never the key: what a client saves to trust a self-signed server.
    /// Files are read now.
    ///
    /// @throws IllegalStateException if there is no certificate
    /// @throws StartupFailed if a file of it cannot be read or used
    public String certificatePem() {
        return loadedIdentity().certificatePem();
    }

    /// The SHA-256 fingerprint of the certificate, as `openssl x509 -fingerprint -sha256` prints it.
    /// Files are read now.
    ///
    /// @throws IllegalStateException if there is no certificate
    /// @throws StartupFailed if a file of it cannot be read or used
    public String certificateFingerprint() {
        return loadedIdentity().fingerprint();
    }

    private TlsIdentity.InMemory loadedIdentity() {
        return identity.orElseThrow(() -> new IllegalStateException("these TLS settings have no certificate"))
                .load();
    }
}
