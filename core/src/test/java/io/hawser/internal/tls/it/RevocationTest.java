package io.hawser.internal.tls.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.Tls.ClientVerification;
import io.hawser.TlsIdentity;
import io.hawser.TlsTrust;
import io.hawser.internal.tls.ClientTls;
import io.hawser.internal.tls.Pki;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Certificates that their authority has taken back.
class RevocationTest {
    @TempDir
    private Path folder;

    private Pki pki;
    private X509Bundle good;
    private X509Bundle revoked;
    private Path lists;

    @BeforeEach
    void revokeOne() throws Exception {
        pki = new Pki();
        good = pki.issue();
        revoked = pki.issue();
        lists = Files.writeString(folder.resolve("crls.pem"), Pki.crl(pki.root(), revoked));
    }

    private Tls client(Tls.Provider provider) {
        return Tls.client().withTrustPem(pki.rootPem()).withCrls(lists).withProvider(provider);
    }

    private static Tls server(X509Bundle certificate) {
        return server(Pki.identity(certificate));
    }

    private static Tls server(TlsIdentity identity) {
        return Tls.client().withIdentity(identity).withProvider(Tls.Provider.JDK);
    }

    /// What a client says to a server that it refuses; empty if it does not.
    private static String refusal(Tls server, ClientTls tls) throws Exception {
        try (TlsEchoServer echo = new TlsEchoServer(server);
                TlsEchoClient client = new TlsEchoClient(tls, Endpoint.of("localhost", echo.port()))) {
            Throwable cause = client.handshaken().handshakeFuture().cause();
            if (cause != null) {
                return String.valueOf(ClientTls.failure(Endpoint.of("localhost", echo.port()), cause)
                        .getMessage());
            }
            assertThat(client.echo("hello")).isEqualTo("hello");
            return "";
        }
    }

    private static String refusal(Tls server, Tls client) throws Exception {
        try (ClientTls tls = ClientTls.open(client, List.of())) {
            return refusal(server, tls);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aRevokedServerIsRefusedAndAnotherIsNot(Tls.Provider provider) throws Exception {
        assertThat(refusal(server(good), client(provider))).isEmpty();
        assertThat(refusal(server(revoked), client(provider))).contains("has been revoked");
    }

    @Test
    void withoutListsNobodyLooks() throws Exception {
        assertThat(refusal(server(revoked), Tls.client().withTrustPem(pki.rootPem())))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void whereNobodyKnowsTheServerIsRefused(Tls.Provider provider) throws Exception {
        Instant now = Instant.now();
        Files.writeString(
                lists, Pki.crl(pki.root(), now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(2)), revoked));
        assertThat(refusal(server(good), client(provider)))
                .as("a list past its time")
                .isNotEmpty();
        Files.writeString(lists, Pki.crl(new Pki().root(), revoked));
        assertThat(refusal(server(good), client(provider)))
                .as("the list of another")
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void everyAuthorityOfTheChainCounts(Tls.Provider provider) throws Exception {
        X509Bundle between = new CertificateBuilder()
                .subject("CN=Between")
                .setIsCertificateAuthority(true)
                .buildIssuedBy(pki.root());
        X509Bundle leaf = new CertificateBuilder()
                .subject("CN=leaf")
                .addSanDnsName("localhost")
                .buildIssuedBy(between);
        assertThat(refusal(server(leaf), client(provider)))
                .as("no list of the one between")
                .isNotEmpty();
        Files.writeString(lists, Pki.crl(pki.root()) + Pki.crl(between));
        assertThat(refusal(server(leaf), client(provider))).isEmpty();
        Files.writeString(lists, Pki.crl(pki.root(), between) + Pki.crl(between));
        assertThat(refusal(server(leaf), client(provider))).contains("has been revoked");
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aRevokedClientIsRefused(Tls.Provider provider) throws Exception {
        Tls asking = server(good)
                .withTrustPem(pki.rootPem())
                .withCrls(lists)
                .withClientVerification(ClientVerification.REQUIRED)
                .withProvider(provider);
        Tls client = Tls.client().withTrustPem(pki.rootPem()).withProvider(Tls.Provider.JDK);
        try (TlsEchoServer server = new TlsEchoServer(asking);
                ClientTls known = ClientTls.open(client.withIdentity(Pki.identity(good)), List.of());
                ClientTls gone = ClientTls.open(client.withIdentity(Pki.identity(revoked)), List.of());
                TlsEchoClient first = new TlsEchoClient(known, Endpoint.of("localhost", server.port()));
                TlsEchoClient second = new TlsEchoClient(gone, Endpoint.of("localhost", server.port()))) {
            assertThat(first.echo("hello")).isEqualTo("hello");
            // In TLS 1.3 the client is done before the server has looked.
            second.handshaken();
            assertThat(server.failures.poll(30, SECONDS)).isNotNull();
        }
    }

    @Test
    void aNewListCountsForNewConnections() throws Exception {
        try (ClientTls tls = ClientTls.open(client(Tls.Provider.JDK), List.of())) {
            assertThat(refusal(server(good), tls)).isEmpty();
            Files.writeString(lists, Pki.crl(pki.root(), revoked, good));
            assertThat(tls.reload()).isTrue();
            assertThat(refusal(server(good), tls)).contains("has been revoked");
        }
    }

    @Test
    void pinsAndListsGoTogetherInEitherOrder() {
        Tls client = Tls.client().withTrustPem(pki.rootPem());
        String pin = TlsTrust.Pinned.of(good.getCertificate());
        assertThat(client.withPins(pin).withCrls(lists))
                .isEqualTo(client.withCrls(lists).withPins(pin));
        assertThat(client.withCrls(lists.resolveSibling("before")).withPins(pin).withCrls(lists))
                .isEqualTo(client.withCrls(lists).withPins(pin));
    }

    @Test
    void aFileWithoutListsIsSaid() throws Exception {
        Files.writeString(lists, pki.rootPem());
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(() -> ClientTls.open(client(Tls.Provider.JDK), List.of()))
                .withMessage(
                        "TLS revocation lists " + lists + ": there is no revocation list in it (only CERTIFICATE)");
    }
}
